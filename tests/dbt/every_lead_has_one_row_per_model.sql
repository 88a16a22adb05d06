-- Checks that lead_scores has one row for each lead and scoring model that is due, and no other.
-- Matters because a lead that is dropped or counted twice on the way is called never or twice.
-- When it fails, follow the lead from scored_leads through lead_points to graded_scores.
{{ config(group='scoring') }}

with scored_leads as (
    select * from {{ ref('scored_leads') }}
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

score_rows as (
    select
        lead_scores.lead_id,
        lead_scores.scoring_model,
        count(*) as score_count
    from lead_scores
    group by lead_scores.lead_id, lead_scores.scoring_model
)

select
    coalesce(scored_leads.lead_id, score_rows.lead_id) as lead_id,
    coalesce(scored_leads.scoring_model, score_rows.scoring_model) as scoring_model,
    scored_leads.lead_id is not null as is_due,
    coalesce(score_rows.score_count, 0) as score_count
from scored_leads
full outer join score_rows
    on
        scored_leads.lead_id = score_rows.lead_id
        and scored_leads.scoring_model = score_rows.scoring_model
where
    scored_leads.lead_id is null
    or score_rows.score_count is distinct from 1
