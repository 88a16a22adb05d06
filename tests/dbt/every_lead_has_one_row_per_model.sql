-- Checks that lead_scores and lead_scores_by_day have one row for each lead, scoring model and day
-- that is due, and no other; challengers have none.
-- Matters because a lead that is dropped or duplicated is called never or twice.
-- When it fails, follow the lead from int_scored_leads through int_gated_scores to int_scores.
{{ config(group='scoring') }}

with scored_leads as (
    select scored_leads.*
    from {{ ref('int_scored_leads') }} as scored_leads
    where scored_leads.scoring_model not in (
        select challengers.challenger from {{ ref('config_challengers') }} as challengers
    )
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

due_rows as (
    select
        'lead_scores' as mart,
        scored_leads.lead_id,
        scored_leads.scoring_model,
        scored_leads.as_of
    from scored_leads
    inner join scoring_dates on scored_leads.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day

    union all

    select
        'lead_scores_by_day' as mart,
        scored_leads.lead_id,
        scored_leads.scoring_model,
        scored_leads.as_of
    from scored_leads
    inner join scoring_dates on scored_leads.as_of = scoring_dates.as_of
    where scoring_dates.is_scored_day
),

score_rows as (
    select
        'lead_scores' as mart,
        lead_scores.lead_id,
        lead_scores.scoring_model,
        lead_scores.as_of
    from {{ ref('lead_scores') }} as lead_scores

    union all

    select
        'lead_scores_by_day' as mart,
        lead_scores_by_day.lead_id,
        lead_scores_by_day.scoring_model,
        lead_scores_by_day.as_of
    from {{ ref('lead_scores_by_day') }} as lead_scores_by_day
),

counted_rows as (
    select
        score_rows.mart,
        score_rows.lead_id,
        score_rows.scoring_model,
        score_rows.as_of,
        count(*) as score_count
    from score_rows
    group by
        score_rows.mart,
        score_rows.lead_id,
        score_rows.scoring_model,
        score_rows.as_of
)

select
    coalesce(due_rows.mart, counted_rows.mart) as mart,
    coalesce(due_rows.lead_id, counted_rows.lead_id) as lead_id,
    coalesce(due_rows.scoring_model, counted_rows.scoring_model) as scoring_model,
    coalesce(due_rows.as_of, counted_rows.as_of) as as_of,
    due_rows.lead_id is not null as is_due,
    coalesce(counted_rows.score_count, 0) as score_count
from due_rows
full outer join counted_rows
    on
        due_rows.mart = counted_rows.mart
        and due_rows.lead_id = counted_rows.lead_id
        and due_rows.scoring_model = counted_rows.scoring_model
        and due_rows.as_of = counted_rows.as_of
where
    due_rows.lead_id is null
    or counted_rows.score_count is distinct from 1
