-- Score of each lead under each scoring model on the as-of day of the run.
with day_scores as (
    select * from {{ ref('int_scores') }}
),

as_of_days as (
    select * from {{ ref('int_scoring_dates') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

conversion_probabilities as (
    select * from {{ ref('int_conversion_probabilities') }}
)

select
    day_scores.lead_id,
    day_scores.scoring_model,
    day_scores.as_of,
    day_scores.fit_points,
    day_scores.engagement_points,
    day_scores.fit_score,
    day_scores.engagement_score,
    day_scores.score,
    day_scores.fit_grade,
    day_scores.engagement_grade,
    day_scores.grade,
    day_scores.tier,
    day_scores.qualification,
    day_scores.is_disqualified,
    day_scores.disqualified_by,
    day_scores.score_coverage,
    day_scores.last_activity_on,
    day_scores.top_reasons,
    conversion_probabilities.conversion_probability,
    cast(conversion_probabilities.priority as {{ dbt.type_string() }}) as priority
from day_scores
inner join as_of_days on day_scores.as_of = as_of_days.as_of
left join conversion_probabilities
    on
        day_scores.as_of = conversion_probabilities.as_of
        and day_scores.lead_id = conversion_probabilities.lead_id
        and day_scores.scoring_model = conversion_probabilities.scoring_model
where
    as_of_days.is_run_day
    and day_scores.scoring_model not in (select challengers.challenger from challengers)
