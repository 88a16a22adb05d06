-- Score of each lead under each scoring model on the as-of day of the run.
with scores as (
    select * from {{ ref('int_scores') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

conversion_probabilities as (
    select * from {{ ref('int_conversion_probabilities') }}
)

select
    scores.lead_id,
    scores.scoring_model,
    scores.as_of,
    scores.fit_points,
    scores.engagement_points,
    scores.fit_score,
    scores.engagement_score,
    scores.score,
    scores.fit_grade,
    scores.engagement_grade,
    scores.grade,
    scores.tier,
    scores.qualification,
    scores.is_disqualified,
    scores.disqualified_by,
    scores.score_coverage,
    scores.last_activity_on,
    scores.top_reasons,
    conversion_probabilities.conversion_probability,
    cast(conversion_probabilities.priority as {{ dbt.type_string() }}) as priority
from scores
inner join scoring_dates on scores.as_of = scoring_dates.as_of
left join conversion_probabilities
    on
        scores.as_of = conversion_probabilities.as_of
        and scores.lead_id = conversion_probabilities.lead_id
        and scores.scoring_model = conversion_probabilities.scoring_model
where
    scoring_dates.is_run_day
    and scores.scoring_model not in (select challengers.challenger from challengers)
