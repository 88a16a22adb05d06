-- How often, and how long before a conversion, leads did each activity.
with evaluated_activities as (
    select * from {{ ref('int_holdout_activities') }}
),

totals as (
    select
        evaluated_leads.scoring_model,
        sum(case when evaluated_leads.is_converted then 1 else 0 end) as all_conversions,
        sum(case when evaluated_leads.is_converted then 0 else 1 end) as all_other_leads
    from {{ ref('int_holdout_leads') }} as evaluated_leads
    where
        not evaluated_leads.is_censored
        and coalesce(evaluated_leads.is_sampled, true)
    group by evaluated_leads.scoring_model
)

select
    cast(evaluated_activities.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(evaluated_activities.activity as {{ dbt.type_string() }}) as activity,
    evaluated_activities.evaluated_on,
    cast(totals.all_conversions as bigint) as all_conversions,
    evaluated_activities.conversions,
    {{ share_of('evaluated_activities.conversions', 'totals.all_conversions') }} as acting_share,
    {{ wilson_low('evaluated_activities.conversions', 'totals.all_conversions') }}
        as acting_share_low,
    {{ wilson_high('evaluated_activities.conversions', 'totals.all_conversions') }}
        as acting_share_high,
    {{ share_of('evaluated_activities.conversions_within_7_days', 'totals.all_conversions') }}
        as acting_share_within_7_days,
    {{ share_of('evaluated_activities.conversions_within_30_days', 'totals.all_conversions') }}
        as acting_share_within_30_days,
    {{ share_of('evaluated_activities.other_leads', 'totals.all_other_leads') }}
        as acting_share_of_others,
    {{ share_of('evaluated_activities.occurrences', 'evaluated_activities.conversions') }}
        as average_occurrences,
    evaluated_activities.days_from_first as average_days_from_first,
    evaluated_activities.days_from_last as average_days_from_last
from evaluated_activities
inner join totals on evaluated_activities.scoring_model = totals.scoring_model
