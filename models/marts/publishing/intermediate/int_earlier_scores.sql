{{ config(materialized='ephemeral') }}

-- Scores of each lead on the last published day before the run day.
with ranked_scores as (
    select
        history.*,
        row_number() over (
            partition by history.lead_id, history.scoring_model
            order by history.score_date desc
        ) as day_rank
    from {{ ref('lead_score_history') }} as history
    where history.score_date < {{ as_of() }}
)

select
    ranked_scores.lead_id,
    ranked_scores.scoring_model,
    ranked_scores.fit_points,
    ranked_scores.engagement_points,
    ranked_scores.score,
    ranked_scores.is_mql_reached,
    ranked_scores.is_sql_reached
from ranked_scores
where ranked_scores.day_rank = 1
