-- What is scored: the day of knowledge, the last day of activity, and the day from which ages are
-- calculated. For a day, all three are the same. To find what moved points since the last published
-- day, two steps lead from that day to the run day: first with the identities of the run day, then
-- also with its activity, both with ages as of the last published day. The run day is scored once
-- more without the filter on automated activity, for the leads that have any.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

days as (
    select
        scoring_dates.*,
        'day' as step,
        scoring_dates.as_of as activity_ends_on,
        scoring_dates.as_of as clock_on
    from scoring_dates
),

run_day as (
    select scoring_dates.as_of
    from scoring_dates
    where scoring_dates.is_run_day
),

compared_day as (
    select scoring_dates.as_of
    from scoring_dates
    where scoring_dates.is_compared_day
),

steps as (
    select
        run_day.as_of,
        'merged' as step,
        compared_day.as_of as activity_ends_on,
        compared_day.as_of as clock_on
    from run_day
    cross join compared_day

    union all

    select
        run_day.as_of,
        'active' as step,
        run_day.as_of as activity_ends_on,
        compared_day.as_of as clock_on
    from run_day
    cross join compared_day

    union all

    select
        run_day.as_of,
        'unfiltered' as step,
        run_day.as_of as activity_ends_on,
        run_day.as_of as clock_on
    from run_day
)

select
    days.as_of,
    days.step,
    days.activity_ends_on,
    days.clock_on,
    -- For a day that is only compared, points are enough.
    days.is_run_day or days.is_scored_day or days.is_week_end or days.is_evaluation_day
    or days.is_drift_day as needs_scores
from days

union all

select
    steps.as_of,
    steps.step,
    steps.activity_ends_on,
    steps.clock_on,
    false as needs_scores
from steps
