-- Outcomes of the leads of each score band and each tier.
with holdout_leads as (
    select * from {{ ref('int_holdout_leads') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

grouped as (
    select
        holdout_leads.*,
        'score_band' as grouped_by,
        case
            when holdout_leads.score_band = 90 then '90 to 100'
            else concat(
                cast(holdout_leads.score_band as {{ dbt.type_string() }}),
                ' to ',
                cast(holdout_leads.score_band + 9 as {{ dbt.type_string() }}),
                '.9'
            )
        end as group_name,
        10 - holdout_leads.score_band / 10 as group_rank
    from holdout_leads

    union all

    select
        holdout_leads.*,
        'tier' as grouped_by,
        holdout_leads.tier as group_name,
        coalesce(tiers.tier_rank, 1000000) as group_rank
    from holdout_leads
    left join tiers
        on
            holdout_leads.scoring_model = tiers.scoring_model
            and holdout_leads.tier = tiers.tier
    where holdout_leads.tier is not null
),

counted as (
    select
        grouped.evaluated_on,
        grouped.scoring_model,
        grouped.grouped_by,
        grouped.group_name,
        min(grouped.group_rank) as group_rank,
        sum(case when grouped.is_censored then 0 else 1 end) as leads,
        sum(case when grouped.is_converted then 1 else 0 end) as conversions,
        sum(case when grouped.is_censored then 1 else 0 end) as censored_leads,
        sum(grouped.revenue) as revenue
    from grouped
    group by
        grouped.evaluated_on, grouped.scoring_model, grouped.grouped_by, grouped.group_name
),

compared as (
    select
        counted.*,
        sum(counted.leads) over (partition by counted.scoring_model, counted.grouped_by)
            as all_leads,
        sum(counted.conversions) over (partition by counted.scoring_model, counted.grouped_by)
            as all_conversions
    from counted
)

select
    cast(compared.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(compared.grouped_by as {{ dbt.type_string() }}) as grouped_by,
    cast(compared.group_name as {{ dbt.type_string() }}) as group_name,
    compared.evaluated_on,
    cast(compared.group_rank as bigint) as group_rank,
    cast(compared.leads as bigint) as leads,
    cast(compared.conversions as bigint) as conversions,
    {{ conversion_rate_columns('compared') }},
    {{ lift_of(
        'compared.conversions', 'compared.leads', 'compared.all_conversions', 'compared.all_leads'
    ) }} as lift,
    {{ share_of('compared.leads', 'compared.all_leads') }} as lead_share,
    {{ share_of('compared.conversions', 'compared.all_conversions') }} as conversion_share,
    cast(compared.revenue as decimal(28, 9)) as revenue,
    cast(compared.censored_leads as bigint) as censored_leads
from compared
