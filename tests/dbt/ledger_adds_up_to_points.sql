-- Checks that a lead's ledger adds up to its points, of each dimension and to the last decimal,
-- in the marts of the run's day and in those by day.
-- Matters because a score can be trusted only if its reasons explain all of it. When it fails, look
-- for the lead in int_points_unioned and int_limit_points: a row is missing or duplicated.
{{ config(group='scoring') }}

with score_rows as (
    select
        'lead_scores' as mart,
        lead_scores.lead_id,
        lead_scores.scoring_model,
        lead_scores.as_of,
        lead_scores.fit_points,
        lead_scores.engagement_points
    from {{ ref('lead_scores') }} as lead_scores

    union all

    select
        'lead_scores_by_day' as mart,
        lead_scores_by_day.lead_id,
        lead_scores_by_day.scoring_model,
        lead_scores_by_day.as_of,
        lead_scores_by_day.fit_points,
        lead_scores_by_day.engagement_points
    from {{ ref('lead_scores_by_day') }} as lead_scores_by_day
),

-- The ledger of the as-of day has no column for the day.
run_days as (
    select scoring_dates.as_of
    from {{ ref('int_scoring_dates') }} as scoring_dates
    where scoring_dates.is_run_day
),

ledger_rows as (
    select
        'lead_scores' as mart,
        lead_score_ledger.lead_id,
        lead_score_ledger.scoring_model,
        run_days.as_of,
        lead_score_ledger.dimension,
        lead_score_ledger.points
    from {{ ref('lead_score_ledger') }} as lead_score_ledger
    cross join run_days

    union all

    select
        'lead_scores_by_day' as mart,
        ledger_by_day.lead_id,
        ledger_by_day.scoring_model,
        ledger_by_day.as_of,
        ledger_by_day.dimension,
        ledger_by_day.points
    from {{ ref('lead_score_ledger_by_day') }} as ledger_by_day
),

ledger_points as (
    select
        ledger_rows.mart,
        ledger_rows.lead_id,
        ledger_rows.scoring_model,
        ledger_rows.as_of,
        sum(case when ledger_rows.dimension = 'fit' then ledger_rows.points else 0 end)
            as fit_points,
        sum(case when ledger_rows.dimension = 'engagement' then ledger_rows.points else 0 end)
            as engagement_points
    from ledger_rows
    group by
        ledger_rows.mart,
        ledger_rows.lead_id,
        ledger_rows.scoring_model,
        ledger_rows.as_of
)

select
    score_rows.fit_points,
    ledger_points.fit_points as ledger_fit_points,
    score_rows.engagement_points,
    ledger_points.engagement_points as ledger_engagement_points,
    coalesce(score_rows.as_of, ledger_points.as_of) as as_of,
    coalesce(score_rows.mart, ledger_points.mart) as mart,
    coalesce(score_rows.lead_id, ledger_points.lead_id) as lead_id,
    coalesce(score_rows.scoring_model, ledger_points.scoring_model) as scoring_model
from score_rows
full outer join ledger_points
    on
        score_rows.mart = ledger_points.mart
        and score_rows.lead_id = ledger_points.lead_id
        and score_rows.scoring_model = ledger_points.scoring_model
        and score_rows.as_of = ledger_points.as_of
where
    -- A lead that meets no criterion has no ledger rows and no points.
    score_rows.fit_points is distinct from coalesce(ledger_points.fit_points, 0)
    or score_rows.engagement_points is distinct from coalesce(ledger_points.engagement_points, 0)
