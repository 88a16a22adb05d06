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
    case hours.weekday_word
        {%- for weekday in configuration_words('weekday') %}
        when '{{ weekday }}' then {{ loop.index0 }}
        {%- endfor %}
    end as weekday_number,
    hours.opens_minute,
    hours.closes_minute
from hours
inner join calendars on hours.calendar_word = lower(calendars.calendar)
