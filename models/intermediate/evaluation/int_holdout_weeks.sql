{{ config(
    pre_hook="{{ delete_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- Distribution of scores and criteria over the leads at the ends of the weeks before the last
-- evaluation and, for comparison, over all leads on its observation days with a known outcome.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
    where is_due
),

scoring_dates as (
    select
        scoring_dates.as_of,
        {{ days_after(-7, 'scoring_dates.as_of') }} as week_before
    from {{ ref('int_scoring_dates') }} as scoring_dates
    where scoring_dates.is_run_day or scoring_dates.is_drift_day
),

observations as (
    select * from {{ ref('int_observations') }}
    where not is_censored
),

-- An evaluation observes a lead seldom, more often soon after it was created. The weeks count every
-- lead, and so does what they are compared with.
reference_days as (
    select distinct
        observations.evaluated_on,
        observations.scoring_model,
        observations.as_of
    from observations
),

day_scores as (
    select * from {{ ref('int_scores') }}
),

week_scores as (
    select
        evaluation_plan.evaluated_on,
        day_scores.scoring_model,
        day_scores.as_of,
        day_scores.as_of as week_end_on,
        day_scores.lead_id,
        day_scores.score,
        week_before.score as score_before
    from evaluation_plan
    cross join scoring_dates
    inner join day_scores on scoring_dates.as_of = day_scores.as_of
    left join day_scores as week_before
        on
            day_scores.scoring_model = week_before.scoring_model
            and day_scores.lead_id = week_before.lead_id
            and scoring_dates.week_before = week_before.as_of
),

scores as (
    select * from week_scores

    union all

    select
        reference_days.evaluated_on,
        reference_days.scoring_model,
        reference_days.as_of,
        cast(null as date) as week_end_on,
        day_scores.lead_id,
        day_scores.score,
        cast(null as decimal(5, 1)) as score_before
    from reference_days
    inner join day_scores
        on
            reference_days.scoring_model = day_scores.scoring_model
            and reference_days.as_of = day_scores.as_of
),

-- A lead counts at its score and, among the lasting leads, at the lower of its two scores.
counted as (
    select
        scores.evaluated_on,
        scores.scoring_model,
        scores.week_end_on,
        '' as criterion,
        cast(floor(scores.score) as integer) as whole_score,
        1 as leads,
        0 as lasting_leads
    from scores

    union all

    select
        scores.evaluated_on,
        scores.scoring_model,
        scores.week_end_on,
        '' as criterion,
        cast(floor(least(scores.score, scores.score_before)) as integer) as whole_score,
        0 as leads,
        1 as lasting_leads
    from scores
    where scores.score_before is not null

    union all

    select
        scores.evaluated_on,
        scores.scoring_model,
        scores.week_end_on,
        score_components.criterion,
        -1 as whole_score,
        1 as leads,
        0 as lasting_leads
    from scores
    inner join {{ ref('int_score_components') }} as score_components
        on
            scores.scoring_model = score_components.scoring_model
            and scores.as_of = score_components.as_of
            and scores.lead_id = score_components.lead_id
    where score_components.is_met
)

select
    counted.evaluated_on,
    counted.scoring_model,
    coalesce(cast(counted.week_end_on as {{ dbt.type_string() }}), 'reference') as period,
    counted.week_end_on,
    counted.criterion,
    counted.whole_score,
    cast(sum(counted.leads) as bigint) as leads,
    cast(sum(counted.lasting_leads) as bigint) as lasting_leads
from counted
group by
    counted.evaluated_on,
    counted.scoring_model,
    counted.week_end_on,
    counted.criterion,
    counted.whole_score
