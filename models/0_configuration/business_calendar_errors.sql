-- Configuration errors in seeds/calendar.
{{ config(materialized='ephemeral') }}
{% set unknown_calendars = {} %}
{% for file in ['business_hours', 'holidays', 'owner_calendars'] %}
{% do unknown_calendars.update({file: [
    file ~ ".calendar_word is not null and not exists (select 1 from calendars"
    ~ " where calendars.calendar_word = " ~ file ~ ".calendar_word)"
    ~ " and exists (select 1 from calendars)",
    'calendar "[calendar]" is not known; write one that has a row in '
    ~ configuration_path('calendars'),
]}) %}
{% endfor %}
{% set is_default = try_boolean('calendars.is_default_text') | trim %}
{% set calendar_checks = {
    'calendars': [
        empty_cell('calendars', 'calendar', 'write a name for the calendar'),
        repeated_key('calendars', 'calendars'),
        [
            "calendars.time_zone_text not in (" ~ as_literals(modules.pytz.all_timezones) ~ ")",
            'time_zone "[time_zone]" is not known; write an IANA name such as Europe/Madrid, '
            ~ 'or empty the cell for the reporting time zone',
        ],
        [
            "calendars.is_default_text is not null and " ~ is_default ~ " is null",
            'is_default "[is_default]" is not known; write true or false',
        ],
        [
            "calendars.calendar_text is not null and not exists (select 1 from business_hours"
            ~ " where business_hours.calendar_word = calendars.calendar_word)",
            'the calendar is never open, so nothing would ever be due; '
            ~ 'give it a row in ' ~ configuration_path('business_hours'),
        ],
    ],
    'other_defaults': [
        [
            "true",
            'calendar [first_default] is also the default; write true for only one of them',
        ],
    ],
    'no_default': [
        [
            "not exists (select 1 from calendars where calendars.is_default_text is not null"
            ~ " and coalesce(" ~ is_default ~ ", true))",
            'no calendar is the default; write true as is_default of one calendar',
        ],
    ],
} %}
{% set hour_checks = {
    'business_hours': [
        empty_cell('business_hours', 'calendar', 'write the calendar that it belongs to'),
        unknown_calendars['business_hours'],
        empty_cell('business_hours', 'weekday', 'write a day such as monday'),
        unknown_word('business_hours', 'weekday', configuration_words('weekday')),
        empty_cell('business_hours', 'opens_at', 'write a time of day such as 09:00'),
        empty_cell('business_hours', 'closes_at', 'write a time of day such as 17:30'),
        [
            "business_hours.opens_at_text is not null and business_hours.opens_minute is null",
            'opens_at "[opens_at]" is not a time of day; write one such as 09:00',
        ],
        [
            "business_hours.closes_at_text is not null and business_hours.closes_minute is null",
            'closes_at "[closes_at]" is not a time of day; write one such as 17:30',
        ],
        [
            "business_hours.closes_minute <= business_hours.opens_minute",
            'closes_at [closes_at] is not after opens_at [opens_at]; swap or correct them, '
            ~ 'and write two rows for hours past midnight',
        ],
    ],
    'overlapping_hours': [
        [
            "true",
            'the interval [opens_at] to [closes_at] overlaps that from [other_opens_at] '
            ~ 'to [other_closes_at]; change or delete one of them',
        ],
    ],
} %}
{% set holiday_checks = {'holidays': [
    empty_cell('holidays', 'calendar', 'write the calendar that it belongs to'),
    unknown_calendars['holidays'],
    empty_cell('holidays', 'holiday_on', 'write a date such as 2026-12-25'),
    unreadable_date('holidays', 'holiday_on'),
    repeated_key('holidays', 'holidays'),
]} %}
{% set owner_checks = {'owner_calendars': [
    empty_cell('owner_calendars', 'owner_id', 'write the owner_id of contacts'),
    empty_cell('owner_calendars', 'calendar', 'write a calendar, or delete the row'),
    unknown_calendars['owner_calendars'],
    [
        "owner_calendars.owner_rows > 1",
        'the file has more than one row of this owner_id; keep one of them and delete the others',
    ],
]} %}
with calendars as (
    {{ configuration_rows('calendars') }}
),

hour_rows as (
    {{ configuration_rows('business_hours') }}
),

holidays as (
    {{ configuration_rows('holidays') }}
),

owner_rows as (
    {{ configuration_rows('owner_calendars') }}
),

business_hours as (
    select
        hour_rows.*,
        {{ minutes_of_day('hour_rows.opens_at_text') }} as opens_minute,
        {{ minutes_of_day('hour_rows.closes_at_text') }} as closes_minute,
        row_number() over (
            partition by hour_rows.calendar_word, hour_rows.weekday_word
            order by
                {{ minutes_of_day('hour_rows.opens_at_text') }} asc,
                {{ minutes_of_day('hour_rows.closes_at_text') }} asc
        ) as interval_number
    from hour_rows
),

-- Includes identical rows.
overlapping_hours as (
    select
        later_hours.row_name,
        later_hours.opens_at_text,
        later_hours.closes_at_text,
        business_hours.opens_at_text as other_opens_at_text,
        business_hours.closes_at_text as other_closes_at_text
    from business_hours
    inner join business_hours as later_hours
        on
            business_hours.calendar_word = later_hours.calendar_word
            and business_hours.weekday_word = later_hours.weekday_word
            and business_hours.interval_number < later_hours.interval_number
            and business_hours.closes_minute > later_hours.opens_minute
),

-- An owner_id is an id, so it is case-sensitive.
owner_calendars as (
    select
        owner_rows.*,
        count(*) over (partition by owner_rows.owner_id_text) as owner_rows
    from owner_rows
),

defaults as (
    select
        calendars.row_name,
        min(calendars.row_name) over () as first_default_text
    from calendars
    where {{ is_default }}
),

other_defaults as (
    select
        defaults.row_name,
        defaults.first_default_text
    from defaults
    where defaults.row_name <> defaults.first_default_text
),

no_default as (
    select '2 (the first below the header)' as row_name
)

{{ mistakes('calendars', calendar_checks) }}

union all

{{ mistakes('business_hours', hour_checks) }}

union all

{{ mistakes('holidays', holiday_checks) }}

union all

{{ mistakes('owner_calendars', owner_checks) }}
