-- depends_on: {{ ref('configuration_check') }}
-- The opening hours of each calendar.
{{ config(materialized='ephemeral') }}
with calendars as (
    select * from {{ ref('config_calendars') }}
),

hours as (
    select
        {{ cell_word('calendar') }} as calendar_word,
        {{ cell_word('weekday') }} as weekday_word,
        {{ minutes_of_day(cell('opens_at')) }} as opens_minute,
        {{ minutes_of_day(cell('closes_at')) }} as closes_minute
    from {{ ref('business_hours') }}
)

select
    calendars.calendar,
    calendars.time_zone,
    hours.opens_minute,
    hours.closes_minute,
    case hours.weekday_word
        when 'monday' then 0
        when 'tuesday' then 1
        when 'wednesday' then 2
        when 'thursday' then 3
        when 'friday' then 4
        when 'saturday' then 5
        when 'sunday' then 6
    end as weekday_number
from hours
inner join calendars on hours.calendar_word = lower(calendars.calendar)
