{{ config(materialized='ephemeral') }}

-- Intervals in which each calendar is open, from the first hand-off until well after the last
-- response can be due, with the business time that passed before. Times are in microseconds since
-- 1970, UTC.
{% set day = 24 * 60 * 60 * 1000000 %}
{% set first_day = "cast('1970-01-01' as date)" %}
with hours as (
    select * from {{ ref('config_business_hours') }}
),

holidays as (
    select
        config_holidays.calendar,
        {{ days_between(first_day, 'config_holidays.holiday_on') }} as day_number
    from {{ ref('config_holidays') }} as config_holidays
),

handoffs as (
    select
        {{ days_between(first_day, 'cast(min(handoffs.handed_off_at) as date)') }} as from_day,
        {{ days_between(first_day, 'cast(max(handoffs.clock_at) as date)') }} as clock_day,
        max(
            case
                when handoffs.response_unit = 'business_minutes' then handoffs.response_minutes
                else 0
            end
        ) as response_minutes
    from {{ ref('int_handoffs') }} as handoffs
),

weekly_hours as (
    select
        hours.calendar,
        sum(hours.closes_minute - hours.opens_minute) as open_minutes
    from hours
    group by hours.calendar
),

coming_holidays as (
    select
        holidays.calendar,
        count(*) as holiday_count
    from holidays
    cross join handoffs
    where holidays.day_number >= handoffs.clock_day
    group by holidays.calendar
),

-- The weeks that the longest response takes, doubled, plus one per holiday: a holiday or a clock
-- change can cost a week.
spans as (
    select
        weekly_hours.calendar,
        handoffs.from_day - 1 as from_day,
        handoffs.clock_day + 7 * (
            4
            + 2 * cast(ceil(handoffs.response_minutes * 1.0 / weekly_hours.open_minutes) as integer)
            + coalesce(coming_holidays.holiday_count, 0)
        ) as to_day
    from weekly_hours
    cross join handoffs
    left join coming_holidays on weekly_hours.calendar = coming_holidays.calendar
),

digits as (
    select cast(list_words.word as integer) as digit
    from (select '0;1;2;3;4;5;6;7;8;9' as word_list) as texts
    {{ cross_join_words('texts.word_list') }}
),

-- About 27 years. A hand-off that is due later gets no due time, which a test reports.
numbers as (
    select 1000 * thousands.digit + 100 * hundreds.digit + 10 * tens.digit + ones.digit as number
    from digits as thousands
    cross join digits as hundreds
    cross join digits as tens
    cross join digits as ones
),

open_days as (
    select
        spans.calendar,
        spans.from_day + numbers.number as day_number
    from spans
    inner join numbers on numbers.number <= spans.to_day - spans.from_day
    left join holidays
        on
            spans.calendar = holidays.calendar
            and spans.from_day + numbers.number = holidays.day_number
    where holidays.day_number is null
),

-- 1970-01-01 was a Thursday.
local_intervals as (
    select
        hours.calendar,
        hours.time_zone,
        cast(open_days.day_number as bigint) * {{ day }}
        + cast(hours.opens_minute as bigint) * 60000000 as local_opens,
        cast(open_days.day_number as bigint) * {{ day }}
        + cast(hours.closes_minute as bigint) * 60000000 as local_closes
    from open_days
    inner join hours
        on
            open_days.calendar = hours.calendar
            and mod(open_days.day_number + 3, 7) = hours.weekday_number
),

utc_intervals as (
    select
        local_intervals.calendar,
        local_intervals.local_opens,
        {{ utc_microseconds('local_intervals.local_opens', 'local_intervals.time_zone') }}
            as opens,
        {{ utc_microseconds('local_intervals.local_closes', 'local_intervals.time_zone') }}
            as closes
    from local_intervals
),

-- Where the clock skips an hour, the intervals around it may overlap.
intervals as (
    select
        utc_intervals.calendar,
        utc_intervals.closes,
        greatest(
            utc_intervals.opens,
            coalesce(
                max(utc_intervals.closes) over (
                    partition by utc_intervals.calendar
                    order by utc_intervals.local_opens
                    rows between unbounded preceding and 1 preceding
                ),
                utc_intervals.opens
            )
        ) as opens
    from utc_intervals
)

select
    intervals.calendar,
    intervals.opens,
    intervals.closes,
    cast(
        sum(intervals.closes - intervals.opens) over (
            partition by intervals.calendar
            order by intervals.opens
            rows between unbounded preceding and current row
        ) - (intervals.closes - intervals.opens) as bigint
    ) as business_time_before
from intervals
where intervals.closes > intervals.opens
