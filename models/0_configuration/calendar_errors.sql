-- Errors in the files of seeds/calendar that involve several cells or rows, and unknown time zones.
{{ config(materialized='ephemeral') }}
{% set is_default = try_boolean('calendars.is_default_text') | trim %}
with calendars as (
    {{ configuration_rows('calendar/calendars', [
        'calendar_word', 'time_zone_text', 'is_default_text',
    ]) }}
),

hour_rows as (
    {{ configuration_rows('calendar/business_hours', [
        'calendar_word', 'weekday_word', 'opens_at_text', 'closes_at_text',
    ]) }}
),

timed_hours as (
    select
        hour_rows.*,
        {{ minutes_of_day('hour_rows.opens_at_text') }} as opens_minute,
        {{ minutes_of_day('hour_rows.closes_at_text') }} as closes_minute
    from hour_rows
),

-- Identical rows overlap, too.
business_hours as (
    select
        timed_hours.*,
        row_number() over (
            partition by timed_hours.calendar_word, timed_hours.weekday_word
            order by timed_hours.opens_minute asc, timed_hours.closes_minute asc
        ) as interval_number
    from timed_hours
),

opened_calendars as (
    select distinct business_hours.calendar_word
    from business_hours
),

defaults as (
    select
        calendars.row_name,
        min(calendars.row_name) over () as first_default
    from calendars
    where {{ is_default }}
),

possible_defaults as (
    select count(*) as calendar_count
    from calendars
    where calendars.is_default_text is not null and coalesce({{ is_default }}, true)
)

select
    'calendar/calendars' as file,
    calendars.row_name,
    'time_zone "' || calendars.time_zone_text || '" is not known; write an IANA name such as '
    || 'Europe/Madrid, or empty the cell for the reporting time zone' as mistake
from calendars
where calendars.time_zone_text not in ({{ as_literals(modules.pytz.all_timezones) }})

union all

select
    'calendar/calendars' as file,
    calendars.row_name,
    'the calendar is never open, so nothing would ever be due; '
    || 'give it a row in seeds/calendar/business_hours.csv' as mistake
from calendars
left join opened_calendars on calendars.calendar_word = opened_calendars.calendar_word
where calendars.calendar_word is not null and opened_calendars.calendar_word is null

union all

select
    'calendar/calendars' as file,
    defaults.row_name,
    'calendar ' || defaults.first_default
    || ' is also the default; write true for only one of them' as mistake
from defaults
where defaults.row_name <> defaults.first_default

union all

select
    'calendar/calendars' as file,
    '2 (the first below the header)' as row_name,
    'no calendar is the default; write true as is_default of one calendar' as mistake
from possible_defaults
where possible_defaults.calendar_count = 0

union all

select
    'calendar/business_hours' as file,
    business_hours.row_name,
    'closes_at ' || business_hours.closes_at_text || ' is not after opens_at '
    || business_hours.opens_at_text
    || '; swap or correct them, and write two rows for hours past midnight' as mistake
from business_hours
where business_hours.closes_minute <= business_hours.opens_minute

union all

select
    'calendar/business_hours' as file,
    later_hours.row_name,
    'the interval ' || later_hours.opens_at_text || ' to '
    || coalesce(later_hours.closes_at_text, '') || ' overlaps that from '
    || business_hours.opens_at_text || ' to ' || business_hours.closes_at_text
    || '; change or delete one of them' as mistake
from business_hours
inner join business_hours as later_hours
    on
        business_hours.calendar_word = later_hours.calendar_word
        and business_hours.weekday_word = later_hours.weekday_word
        and business_hours.interval_number < later_hours.interval_number
        and business_hours.closes_minute > later_hours.opens_minute
