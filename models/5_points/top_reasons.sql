-- In words: the three criteria that give a lead the most points.
with ledger as (
    select * from {{ ref('day_ledger') }}
),

descriptions as (
    select
        config_fit_criteria.scoring_model,
        config_fit_criteria.criterion,
        config_fit_criteria.description
    from {{ ref('config_fit_criteria') }} as config_fit_criteria

    union all

    select
        config_engagement_criteria.scoring_model,
        config_engagement_criteria.criterion,
        config_engagement_criteria.description
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

reasons as (
    select
        ranked.as_of,
        ranked.lead_id,
        ranked.scoring_model,
        ranked.reason_rank,
        concat(
            coalesce(descriptions.description, ranked.criterion),
            ': +',
            {{ number_as_text('round(ranked.points, 1)') }}
        ) as reason
    from ranked
    left join descriptions
        on
            ranked.scoring_model = descriptions.scoring_model
            and ranked.criterion = descriptions.criterion
    where ranked.reason_rank <= 3
)

select
    reasons.as_of,
    reasons.lead_id,
    reasons.scoring_model,
    {{ text_list('reasons.reason', "'; '", 'reasons.reason_rank') }} as top_reasons
from reasons
group by reasons.as_of, reasons.lead_id, reasons.scoring_model
