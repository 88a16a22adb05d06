-- depends_on: {{ ref('configuration_check') }}
-- The owners who do not use the default calendar.
{{ config(materialized='ephemeral') }}
with calendars as (
    select * from {{ ref('config_calendars') }}
),

owners as (
    select
        {{ cell('owner_id') }} as owner_id,
        {{ cell_word('calendar') }} as calendar_word
    from {{ ref('owner_calendars') }}
)

select
    {{ as_id('owners.owner_id') }} as owner_id,
    calendars.calendar
from owners
inner join calendars on owners.calendar_word = lower(calendars.calendar)
