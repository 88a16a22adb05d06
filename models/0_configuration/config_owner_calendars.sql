-- depends_on: {{ ref('configuration_check') }}
-- Who works by another calendar than the default.
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
    owners.owner_id,
    calendars.calendar
from owners
inner join calendars on owners.calendar_word = lower(calendars.calendar)
