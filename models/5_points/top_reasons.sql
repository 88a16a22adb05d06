-- In words: the three criteria that give a lead the most points, and how long ago what it did
-- for them happened last.
with ledger as (
    select * from {{ ref('day_ledger') }}
),

descriptions as (
    select
        config_fit_criteria.scoring_model,
        config_fit_criteria.criterion,
        config_fit_criteria.description,
        false as is_dated
    from {{ ref('config_fit_criteria') }} as config_fit_criteria

    union all

    select
        config_engagement_criteria.scoring_model,
        config_engagement_criteria.criterion,
        config_engagement_criteria.description,
        -- Of counts and rates no single day tells.
        config_engagement_criteria.rule in ('each', 'amount') as is_dated
    from {{ ref('config_engagement_criteria') }} as config_engagement_criteria
),

ranked as (
    select
        ledger.as_of,
        ledger.lead_id,
        ledger.scoring_model,
        ledger.criterion,
        ledger.last_occurred_on,
        ledger.points,
        row_number() over (
            partition by ledger.as_of, ledger.lead_id, ledger.scoring_model
            order by ledger.points desc, {{ byte_order('ledger.criterion') }} asc
        ) as reason_rank
    from ledger
    where ledger.is_met and ledger.points > 0
),

aged as (
    select
        ranked.*,
        {{ days_between('ranked.last_occurred_on', 'ranked.as_of') }} as age_days
    from ranked
    where ranked.reason_rank <= 3
),

reasons as (
    select
        aged.as_of,
        aged.lead_id,
        aged.scoring_model,
        aged.reason_rank,
        coalesce(descriptions.description, aged.criterion) as description,
        concat(
            coalesce(descriptions.description, aged.criterion),
            case
                when not descriptions.is_dated or aged.age_days is null then ''
                when aged.age_days = 0 then ' today'
                when aged.age_days = 1 then ' yesterday'
                else concat(
                    ' ', cast(aged.age_days as {{ dbt.type_string() }}), ' days ago'
                )
            end,
            ': +',
            {{ number_as_text('round(aged.points, 1)') }}
        ) as reason
    from aged
    left join descriptions
        on
            aged.scoring_model = descriptions.scoring_model
            and aged.criterion = descriptions.criterion
)

select
    reasons.as_of,
    reasons.lead_id,
    reasons.scoring_model,
    {{ text_list('reasons.reason', "'; '", 'reasons.reason_rank') }} as top_reasons,
    {{ text_list('reasons.description', "'; '", 'reasons.reason_rank') }} as top_descriptions
from reasons
group by reasons.as_of, reasons.lead_id, reasons.scoring_model
