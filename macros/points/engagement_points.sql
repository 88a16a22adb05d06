{#
    The points of decayed_points and counted_points, held to the most that each criterion may give or take.
    decayed_points, counted_points, scored_leads: relations like the models of those names.
#}
{% macro engagement_points(decayed_points, counted_points, scored_leads) -%}
with decayed_points as (
    select * from {{ decayed_points }}
),

counted_points as (
    select * from {{ counted_points }}
),

scored_leads as (
    select * from {{ scored_leads }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

met as (
    select decayed_points.*
    from decayed_points
    inner join scored_leads
        on
            decayed_points.as_of = scored_leads.as_of
            and decayed_points.lead_id = scored_leads.lead_id
            and decayed_points.scoring_model = scored_leads.scoring_model

    union all

    select * from counted_points
),

held as (
    select
        met.*,
        engagement_criteria.category,
        least(
            greatest(
                met.points,
                coalesce(-cast(engagement_criteria.max_points as {{ type_double() }}), met.points)
            ),
            coalesce(cast(engagement_criteria.max_points as {{ type_double() }}), met.points)
        ) as held_points
    from met
    inner join engagement_criteria
        on
            met.scoring_model = engagement_criteria.scoring_model
            and met.criterion = engagement_criteria.criterion
)

select
    held.as_of,
    held.lead_id,
    held.scoring_model,
    held.criterion,
    held.category,
    held.occurrences,
    held.last_occurred_on,
    {{ nine_decimals('held.raw_points') }} as raw_points,
    {{ nine_decimals('held.held_points') }} as points,
    concat(
        cast(held.occurrences as {{ dbt.type_string() }}),
        case when held.occurrences = 1 then ' time' else ' times' end,
        case
            when held.last_occurred_on is not null
                then concat(', last on ', cast(held.last_occurred_on as {{ dbt.type_string() }}))
            else ''
        end
    ) as evidence
from held
{%- endmacro %}
