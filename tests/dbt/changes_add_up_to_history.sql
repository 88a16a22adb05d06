-- Checks that the changes of points on the last published day add up to the difference from the
-- published day before.
with history as (
    select
        lead_score_history.*,
        coalesce(lead_score_history.fit_points + lead_score_history.engagement_points, 0) as points
    from {{ ref('lead_score_history') }} as lead_score_history
),

changes as (
    select
        lead_score_changes.lead_id,
        lead_score_changes.scoring_model,
        lead_score_changes.to_date,
        sum(lead_score_changes.points_change) as points_change
    from {{ ref('lead_score_changes') }} as lead_score_changes
    group by
        lead_score_changes.lead_id, lead_score_changes.scoring_model, lead_score_changes.to_date
),

last_days as (
    select max(changes.to_date) as to_date
    from changes
),

differences as (
    select
        history.lead_id,
        history.scoring_model,
        history.score_date,
        history.points - coalesce(lag(history.points) over (
            partition by history.lead_id, history.scoring_model
            order by history.score_date
        ), 0) as difference
    from history
)

select
    differences.lead_id,
    differences.scoring_model,
    differences.difference,
    changes.points_change
from differences
inner join last_days on differences.score_date = last_days.to_date
left join changes
    on
        differences.lead_id = changes.lead_id
        and differences.scoring_model = changes.scoring_model
        and differences.score_date = changes.to_date
where abs(differences.difference - coalesce(changes.points_change, 0)) > 0.000001
