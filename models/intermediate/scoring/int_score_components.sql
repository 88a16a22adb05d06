{{ config(materialized='view') }}

-- Every criterion that a lead meets and every limit that changed its points, at the end of each
-- as-of day, as text. Adds up to the points of int_scores.
with points_unioned as (
    select * from {{ ref('int_points_unioned') }}
),

scenario_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where step = 'day'
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

fit_criteria as (
    select
        config_fit_criteria.criterion_number,
        config_fit_criteria.attribute
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
)

select
    cast(scenario_leads.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(scenario_leads.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    scenario_leads.as_of,
    cast(scoring_criteria.criterion as {{ dbt.type_string() }}) as criterion,
    cast(scoring_criteria.dimension as {{ dbt.type_string() }}) as dimension,
    cast(scoring_criteria.category as {{ dbt.type_string() }}) as category,
    points_unioned.is_met,
    points_unioned.occurrences,
    points_unioned.raw_points,
    points_unioned.points,
    points_unioned.last_occurred_on,
    cast(
        case
            when scoring_criteria.is_limit
                then concat('held to ', {{ number_as_text('points_unioned.held_points') }})
            when fit_criteria.attribute is not null
                then concat(
                    fit_criteria.attribute, ' = ', coalesce(points_unioned.value, 'not known')
                )
            else concat(
                cast(points_unioned.occurrences as {{ dbt.type_string() }}),
                case when points_unioned.occurrences = 1 then ' time' else ' times' end,
                case
                    when points_unioned.last_occurred_on is not null
                        then concat(
                            ', last on ',
                            cast(points_unioned.last_occurred_on as {{ dbt.type_string() }})
                        )
                    else ''
                end
            )
        end as {{ dbt.type_string() }}
    ) as evidence
from points_unioned
inner join scenario_leads on points_unioned.score_key = scenario_leads.score_key
inner join scoring_criteria
    on points_unioned.criterion_number = scoring_criteria.criterion_number
left join fit_criteria on points_unioned.criterion_number = fit_criteria.criterion_number
