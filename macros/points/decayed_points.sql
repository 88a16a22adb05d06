{#
    Points of rules each and amount, by as_of, lead_id, scoring_model and criterion.
    activity_days: a relation like the model activity_days.
#}
{% macro decayed_points(activity_days) -%}
with activity_days as (
    select * from {{ activity_days }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
    where rule in ('each', 'amount')
),

weighed_days as (
    select
        activity_days.as_of,
        activity_days.lead_id,
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        activity_days.occurrences,
        activity_days.occurred_on,
        engagement_criteria.points,
        case
            when engagement_criteria.rule = 'amount'
                then
                    cast(coalesce(activity_days.quantity, 0) as {{ type_double() }})
                    / cast(engagement_criteria.amount_per as {{ type_double() }})
            else cast(activity_days.occurrences as {{ type_double() }})
        end as units,
        case
            when engagement_criteria.rule = 'amount'
                then
                    cast(coalesce(activity_days.quantity, 0) as {{ type_double() }})
                    / cast(engagement_criteria.amount_per as {{ type_double() }})
            when activity_days.occurrences > engagement_criteria.daily_limit
                then cast(engagement_criteria.daily_limit as {{ type_double() }})
            else cast(activity_days.occurrences as {{ type_double() }})
        end as limited_units,
        {{ decay_weight('engagement_criteria', 'activity_days.age_days') }} as weight
    from activity_days
    inner join engagement_criteria on activity_days.activity = engagement_criteria.activity
    where
        engagement_criteria.window_days is null
        or activity_days.age_days < engagement_criteria.window_days
)

select
    weighed_days.as_of,
    weighed_days.lead_id,
    weighed_days.scoring_model,
    weighed_days.criterion,
    cast(sum(weighed_days.occurrences) as bigint) as occurrences,
    max(weighed_days.occurred_on) as last_occurred_on,
    cast(weighed_days.points as {{ type_double() }}) * sum(weighed_days.units) as raw_points,
    cast(weighed_days.points as {{ type_double() }})
    * sum(weighed_days.limited_units * weighed_days.weight) as points
from weighed_days
group by
    weighed_days.as_of,
    weighed_days.lead_id,
    weighed_days.scoring_model,
    weighed_days.criterion,
    weighed_days.points
{%- endmacro %}
