{#
    UTC time of a local time, both in microseconds since 1970. Both arguments are SQL.

    When clocks are put back, a local time occurs twice, and engines differ. This is the first of
    the two, found by the offset of the day before. A local time that is skipped has the offset from
    before the change, as on all engines.
#}
{% macro utc_microseconds(local_microseconds, time_zone) -%}
    {%- set day = 24 * 60 * 60 * 1000000 -%}
    {%- set by_offset_before -%}
    {{ microseconds(utc_time(
        timestamp_of_microseconds(local_microseconds ~ ' - ' ~ day), time_zone
    )) | trim }} + {{ day }}
    {%- endset -%}
    case
        when {{ microseconds(local_time(timestamp_of_microseconds(by_offset_before), time_zone)) | trim }}
            = {{ local_microseconds }}
            then {{ by_offset_before }}
        else {{ microseconds(utc_time(timestamp_of_microseconds(local_microseconds), time_zone)) | trim }}
    end
{%- endmacro %}

{# UTC timestamp of a local time that occurs only once. #}
{% macro utc_time(local_timestamp, time_zone) %}
    {{- return(adapter.dispatch('utc_time', 'lead_scoring')(local_timestamp, time_zone)) -}}
{% endmacro %}

{% macro default__utc_time(local_timestamp, time_zone) -%}
    (({{ local_timestamp }}) at time zone {{ time_zone }}) at time zone 'UTC'
{%- endmacro %}

{% macro spark__utc_time(local_timestamp, time_zone) -%}
    to_utc_timestamp({{ local_timestamp }}, {{ time_zone }})
{%- endmacro %}

{% macro snowflake__utc_time(local_timestamp, time_zone) -%}
    convert_timezone({{ time_zone }}, 'UTC', {{ local_timestamp }})
{%- endmacro %}

{% macro bigquery__utc_time(local_timestamp, time_zone) -%}
    timestamp(datetime({{ local_timestamp }}), {{ time_zone }})
{%- endmacro %}
