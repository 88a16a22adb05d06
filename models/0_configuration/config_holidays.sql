-- depends_on: {{ ref('configuration_check') }}
-- The days on which each calendar is closed.
{{ config(materialized='ephemeral') }}
with calendars as (
    select * from {{ ref('config_calendars') }}
),

holidays as (
    select
        {{ cell_word('calendar') }} as calendar_word,
        {{ cell_date(cell('holiday_on')) }} as holiday_on
    from {{ ref('holidays') }}
)

select
    calendars.calendar,
    holidays.holiday_on
from holidays
inner join calendars on holidays.calendar_word = lower(calendars.calendar)
