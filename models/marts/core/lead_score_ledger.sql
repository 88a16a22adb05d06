-- Explanation of the scores in lead_scores; adds up to their points.
with score_components as (
    select * from {{ ref('int_score_components') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
)

select
    score_components.lead_id,
    score_components.scoring_model,
    score_components.criterion,
    score_components.dimension,
    score_components.category,
    score_components.is_met,
    score_components.occurrences,
    score_components.raw_points,
    score_components.points,
    score_components.last_occurred_on,
    score_components.evidence
from score_components
inner join scoring_dates on score_components.as_of = scoring_dates.as_of
where
    scoring_dates.is_run_day
    and score_components.scoring_model not in (select challengers.challenger from challengers)
