-- How often, and how long before a conversion, leads did each activity.
with holdout_activities as (
    select * from {{ ref('int_holdout_activities') }}
),

totals as (
    select
        holdout_leads.scoring_model,
        sum(case when holdout_leads.is_converted then 1 else 0 end) as all_conversions,
        sum(case when holdout_leads.is_converted then 0 else 1 end) as all_other_leads
    from {{ ref('int_holdout_leads') }} as holdout_leads
    where
        not holdout_leads.is_censored
        and coalesce(holdout_leads.is_sampled, true)
    group by holdout_leads.scoring_model
)

select
    cast(holdout_activities.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(holdout_activities.activity as {{ dbt.type_string() }}) as activity,
    holdout_activities.evaluated_on,
    cast(totals.all_conversions as bigint) as all_conversions,
    holdout_activities.conversions,
    {{ share_of('holdout_activities.conversions', 'totals.all_conversions') }} as acting_share,
    {{ wilson_low('holdout_activities.conversions', 'totals.all_conversions') }}
        as acting_share_low,
    {{ wilson_high('holdout_activities.conversions', 'totals.all_conversions') }}
        as acting_share_high,
    {{ share_of('holdout_activities.conversions_within_7_days', 'totals.all_conversions') }}
        as acting_share_within_7_days,
    {{ share_of('holdout_activities.conversions_within_30_days', 'totals.all_conversions') }}
        as acting_share_within_30_days,
    {{ share_of('holdout_activities.other_leads', 'totals.all_other_leads') }}
        as acting_share_of_others,
    {{ share_of('holdout_activities.occurrences', 'holdout_activities.conversions') }}
        as average_occurrences,
    holdout_activities.days_from_first as average_days_from_first,
    holdout_activities.days_from_last as average_days_from_last
from holdout_activities
inner join totals on holdout_activities.scoring_model = totals.scoring_model
