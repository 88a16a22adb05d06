{#- Only DuckDB computes a CTE once for several uses. -#}
{{ config(materialized='ephemeral' if target.type == 'duckdb' else 'table') }}

-- Points on the forecast days if nothing more happens: activity ages, windows close, dates come
-- closer. Fit points only for leads with a date that comes due; for other leads they stay the same.
with forecast_leads as (
    select * from {{ ref('int_forecast_leads') }}
),

forecast_dates as (
    select * from {{ ref('int_forecast_dates') }}
),

forecast_aging as (
    select * from {{ ref('int_forecast_aging') }}
),

forecast_due_dates as (
    select * from {{ ref('int_forecast_due_dates') }}
),

fit_points as (
    select * from {{ ref('int_fit_points') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

typed_criteria as (
    select distinct
        counted_activities.criterion_number,
        counted_activities.rule,
        counted_activities.decay,
        counted_activities.window_days,
        counted_activities.decay_days,
        counted_activities.decay_rate
    from {{ ref('int_counted_activities') }} as counted_activities
    where not counted_activities.is_rate_base
),

coming_days as (
    select
        forecast_dates.score_key,
        forecast_dates.days_ahead,
        forecast_aging.criterion_number,
        forecast_aging.is_rate_base,
        forecast_aging.limited_occurrences,
        forecast_aging.units,
        forecast_aging.last_age_days,
        typed_criteria.rule,
        typed_criteria.decay,
        typed_criteria.decay_days,
        typed_criteria.decay_rate,
        typed_criteria.window_days,
        forecast_aging.aged_days + forecast_dates.days_ahead as age_days
    from forecast_dates
    inner join forecast_aging on forecast_dates.score_key = forecast_aging.score_key
    inner join typed_criteria on forecast_aging.criterion_number = typed_criteria.criterion_number
),

counts as (
    select
        coming_days.score_key,
        coming_days.days_ahead,
        coming_days.criterion_number,
        min(coming_days.last_age_days) + coming_days.days_ahead as idle_days,
        sum(
            case
                when coming_days.is_rate_base then 0
                when coming_days.age_days >= coming_days.window_days then 0
                else coming_days.limited_occurrences
            end
        ) as limited_occurrences,
        sum(
            case
                when
                    coming_days.age_days >= coming_days.window_days
                    and coming_days.age_days < 2 * coming_days.window_days
                    then coming_days.limited_occurrences
                else 0
            end
        ) as earlier_occurrences,
        sum(
            case
                when not coming_days.is_rate_base then 0
                when coming_days.age_days >= coming_days.window_days then 0
                else coming_days.limited_occurrences
            end
        ) as base_occurrences,
        sum(
            case
                when coming_days.rule not in ('each', 'amount') then 0
                when coming_days.age_days >= coming_days.window_days then 0
                else
                    coming_days.units
                    * {{ decay_weight('coming_days', 'coming_days.age_days') }}
            end
        ) as decayed_units
    from coming_days
    group by coming_days.score_key, coming_days.days_ahead, coming_days.criterion_number
),

-- Criteria that a lead without the activity can meet.
absent as (
    select
        forecast_dates.score_key,
        forecast_dates.days_ahead,
        criteria.criterion_number,
        {{ days_between('forecast_leads.created_on', 'forecast_leads.as_of') }}
        + forecast_dates.days_ahead as idle_days
    from forecast_dates
    inner join forecast_leads on forecast_dates.score_key = forecast_leads.score_key
    inner join criteria
        on
            forecast_leads.model_number = criteria.model_number
            and (
                criteria.rule = 'inactive'
                or (criteria.rule = 'count' and coalesce(criteria.min_count, 0) <= 0)
            )
    left join counts
        on
            forecast_dates.score_key = counts.score_key
            and forecast_dates.days_ahead = counts.days_ahead
            and criteria.criterion_number = counts.criterion_number
    where counts.score_key is null
),

all_counts as (
    select
        counts.score_key,
        counts.days_ahead,
        counts.criterion_number,
        counts.idle_days,
        cast(counts.limited_occurrences as decimal(18, 0)) as limited_occurrences,
        cast(counts.earlier_occurrences as decimal(18, 0)) as earlier_occurrences,
        cast(counts.base_occurrences as decimal(18, 0)) as base_occurrences,
        counts.decayed_units
    from counts

    union all

    select
        absent.score_key,
        absent.days_ahead,
        absent.criterion_number,
        absent.idle_days,
        cast(0 as decimal(18, 0)) as limited_occurrences,
        cast(0 as decimal(18, 0)) as earlier_occurrences,
        cast(0 as decimal(18, 0)) as base_occurrences,
        cast(0 as {{ type_double() }}) as decayed_units
    from absent
),

judged as (
    select
        all_counts.score_key,
        all_counts.days_ahead,
        all_counts.criterion_number,
        cast(criteria.max_points as {{ type_double() }}) as max_points,
        cast(criteria.points as {{ type_double() }})
        * case
            when criteria.rule in ('each', 'amount') then all_counts.decayed_units
            else 1
        end as points,
        {{ is_rule_met('all_counts', 'criteria', 'all_counts.idle_days') }}
        and (
            criteria.rule not in ('each', 'amount') or all_counts.limited_occurrences > 0
        ) as is_met
    from all_counts
    inner join criteria on all_counts.criterion_number = criteria.criterion_number
),

dated_leads as (
    select distinct forecast_due_dates.score_key
    from forecast_due_dates
)

select
    judged.score_key,
    judged.days_ahead,
    judged.criterion_number,
    {{ held_points('judged.points', 'judged.max_points') }} as points
from judged
where judged.is_met

union all

select
    forecast_dates.score_key,
    forecast_dates.days_ahead,
    fit_points.criterion_number,
    fit_points.points
from forecast_dates
inner join dated_leads on forecast_dates.score_key = dated_leads.score_key
inner join fit_points on forecast_dates.score_key = fit_points.score_key
inner join fit_criteria on fit_points.criterion_number = fit_criteria.criterion_number
where fit_criteria.operator <> 'due_within'

union all

select
    forecast_dates.score_key,
    forecast_dates.days_ahead,
    forecast_due_dates.criterion_number,
    cast(fit_criteria.points as decimal(38, 9)) as points
from forecast_dates
inner join forecast_leads on forecast_dates.score_key = forecast_leads.score_key
inner join forecast_due_dates on forecast_dates.score_key = forecast_due_dates.score_key
inner join fit_criteria on forecast_due_dates.criterion_number = fit_criteria.criterion_number
where
    {{ days_between('forecast_leads.as_of', 'forecast_due_dates.due_on') }}
    - forecast_dates.days_ahead between 0 and fit_criteria.within_days
