-- Engagement criteria that leads meet, with the activity behind them: one pass over the days of
-- activity serves all rules. Points are capped at max_points.
with scenario_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where not is_engagement_unchanged
),

lead_activity_daily as (
    select * from {{ ref('int_lead_activity_daily') }}
),

sql_activity_daily as (
    select * from {{ ref('int_sql_activity_daily') }}
),

criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

counted_activities as (
    select * from {{ ref('int_counted_activities') }}
),

days as (
    select
        scenario_leads.score_key,
        scenario_leads.model_number,
        lead_activity_daily.activity_number,
        lead_activity_daily.occurred_on,
        lead_activity_daily.occurrences,
        lead_activity_daily.quantity,
        {{ days_between('lead_activity_daily.occurred_on', 'scenario_leads.clock_on') }} as age
    from scenario_leads
    inner join lead_activity_daily on scenario_leads.lead_key = lead_activity_daily.lead_key
    where lead_activity_daily.occurred_on <= scenario_leads.activity_ends_on

    union all

    select
        scenario_leads.score_key,
        scenario_leads.model_number,
        sql_activity_daily.activity_number,
        sql_activity_daily.occurred_on,
        cast(sum(sql_activity_daily.occurrences) as bigint) as occurrences,
        cast(null as decimal(38, 9)) as quantity,
        {{ days_between('sql_activity_daily.occurred_on', 'scenario_leads.clock_on') }} as age
    from scenario_leads
    -- Activities in SQL are the same without the filter on automated activity.
    inner join sql_activity_daily on abs(scenario_leads.lead_key) = sql_activity_daily.lead_key
    where
        sql_activity_daily.occurred_on <= scenario_leads.activity_ends_on
        and coalesce(sql_activity_daily.undone_on > scenario_leads.activity_ends_on, true)
        and coalesce(sql_activity_daily.as_of = scenario_leads.known_on, true)
    group by
        scenario_leads.score_key,
        scenario_leads.model_number,
        scenario_leads.clock_on,
        sql_activity_daily.activity_number,
        sql_activity_daily.occurred_on
),

-- Activity after clock_on has not aged yet.
counted_days as (
    select
        days.score_key,
        days.occurred_on,
        days.occurrences,
        case when days.age > 0 then days.age else 0 end as age_days,
        cast(coalesce(days.quantity, 0) as {{ type_double() }}) / counted_activities.amount_per
            as amount,
        case
            when days.occurrences > counted_activities.daily_limit
                then counted_activities.daily_limit
            else days.occurrences
        end as limited_occurrences,
        coalesce(days.age < counted_activities.window_days, true) as is_in_window,
        counted_activities.criterion_number,
        counted_activities.is_rate_base,
        counted_activities.rule,
        counted_activities.window_days,
        counted_activities.decay,
        counted_activities.decay_days,
        counted_activities.decay_rate
    from days
    inner join counted_activities
        on
            days.activity_number = counted_activities.activity_number
            and days.model_number = counted_activities.model_number
    where
        counted_activities.window_days is null
        or days.age < counted_activities.window_days
        or counted_activities.rule = 'inactive'
        or (
            counted_activities.rule = 'decline' and days.age < 2 * counted_activities.window_days
        )
),

counts as (
    select
        counted_days.score_key,
        counted_days.criterion_number,
        sum(
            case
                when counted_days.is_rate_base then 0
                when counted_days.is_in_window or counted_days.rule = 'inactive'
                    then counted_days.occurrences
                else 0
            end
        ) as occurrences,
        max(
            case
                when counted_days.is_rate_base then null
                when counted_days.is_in_window or counted_days.rule = 'inactive'
                    then counted_days.occurred_on
            end
        ) as last_occurred_on,
        sum(
            case
                when counted_days.is_in_window and not counted_days.is_rate_base
                    then counted_days.limited_occurrences
                else 0
            end
        ) as limited_occurrences,
        sum(case when counted_days.is_in_window then 0 else counted_days.limited_occurrences end)
            as earlier_occurrences,
        sum(case when counted_days.is_rate_base then counted_days.occurrences else 0 end)
            as base_occurrences,
        sum(coalesce(counted_days.amount, cast(counted_days.occurrences as {{ type_double() }})))
            as units,
        sum(
            case
                when counted_days.rule in ('each', 'amount')
                    then
                        coalesce(
                            counted_days.amount,
                            cast(counted_days.limited_occurrences as {{ type_double() }})
                        )
                        * {{ decay_weight('counted_days', 'counted_days.age_days') }}
            end
        ) as decayed_units
    from counted_days
    group by counted_days.score_key, counted_days.criterion_number
),

-- Criteria that a lead without the activity can meet.
absent as (
    select
        scenario_leads.score_key,
        criteria.criterion_number
    from scenario_leads
    inner join criteria
        on
            scenario_leads.model_number = criteria.model_number
            and (
                criteria.rule = 'inactive'
                or (criteria.rule = 'count' and coalesce(criteria.min_count, 0) <= 0)
            )
    left join counts
        on
            scenario_leads.score_key = counts.score_key
            and criteria.criterion_number = counts.criterion_number
    where counts.score_key is null
),

all_counts as (
    select
        counts.score_key,
        counts.criterion_number,
        cast(counts.occurrences as bigint) as occurrences,
        counts.last_occurred_on,
        cast(counts.limited_occurrences as decimal(18, 0)) as limited_occurrences,
        cast(counts.earlier_occurrences as decimal(18, 0)) as earlier_occurrences,
        cast(counts.base_occurrences as decimal(18, 0)) as base_occurrences,
        counts.units,
        counts.decayed_units
    from counts

    union all

    select
        absent.score_key,
        absent.criterion_number,
        cast(0 as bigint) as occurrences,
        cast(null as date) as last_occurred_on,
        cast(0 as decimal(18, 0)) as limited_occurrences,
        cast(0 as decimal(18, 0)) as earlier_occurrences,
        cast(0 as decimal(18, 0)) as base_occurrences,
        cast(0 as {{ type_double() }}) as units,
        cast(0 as {{ type_double() }}) as decayed_units
    from absent
),

judged as (
    select
        all_counts.score_key,
        all_counts.criterion_number,
        all_counts.occurrences,
        all_counts.last_occurred_on,
        cast(criteria.max_points as {{ type_double() }}) as max_points,
        cast(criteria.points as {{ type_double() }})
        * case
            when criteria.rule in ('each', 'amount') then all_counts.units
            else 1
        end as raw_points,
        cast(criteria.points as {{ type_double() }})
        * case
            when criteria.rule in ('each', 'amount') then all_counts.decayed_units
            else 1
        end as points,
        {{ is_rule_met('all_counts', 'criteria', days_between(
            'coalesce(all_counts.last_occurred_on, scenario_leads.created_on)',
            'scenario_leads.clock_on'
        )) }} as is_met
    from all_counts
    inner join criteria on all_counts.criterion_number = criteria.criterion_number
    inner join scenario_leads on all_counts.score_key = scenario_leads.score_key
)

select
    judged.score_key,
    judged.criterion_number,
    judged.occurrences,
    judged.last_occurred_on,
    {{ nine_decimals('judged.raw_points') }} as raw_points,
    {{ held_points('judged.points', 'judged.max_points') }} as points
from judged
where judged.is_met
{{ sorted_by(['judged.criterion_number', 'judged.score_key']) }}
