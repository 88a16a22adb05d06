-- Checks that a lead's ledger adds up to its points, of each dimension and to the last decimal.
-- Matters because a score is only to be trusted when its reasons explain all of it.
-- When it fails, look for the lead in criterion_points and limit_points: a row is lost or twice.
with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

ledger as (
    select * from {{ ref('lead_score_ledger') }}
),

ledger_points as (
    select
        ledger.lead_id,
        ledger.scoring_model,
        sum(case when ledger.dimension = 'fit' then ledger.points else 0 end) as fit_points,
        sum(case when ledger.dimension = 'engagement' then ledger.points else 0 end)
            as engagement_points
    from ledger
    group by ledger.lead_id, ledger.scoring_model
)

select
    lead_scores.fit_points,
    ledger_points.fit_points as ledger_fit_points,
    lead_scores.engagement_points,
    ledger_points.engagement_points as ledger_engagement_points,
    coalesce(lead_scores.lead_id, ledger_points.lead_id) as lead_id,
    coalesce(lead_scores.scoring_model, ledger_points.scoring_model) as scoring_model
from lead_scores
full outer join ledger_points
    on
        lead_scores.lead_id = ledger_points.lead_id
        and lead_scores.scoring_model = ledger_points.scoring_model
where
    -- A lead that meets nothing has no ledger rows and no points.
    lead_scores.fit_points is distinct from coalesce(ledger_points.fit_points, 0)
    or lead_scores.engagement_points is distinct from coalesce(ledger_points.engagement_points, 0)
