{# The calendar day of a UTC timestamp in the reporting time zone. #}
{% macro local_date(utc_timestamp) -%}
    {%- if reporting_timezone() == 'UTC' -%}
        cast({{ utc_timestamp }} as date)
    {%- else -%}
        cast({{ adapter.dispatch('local_time', 'lead_scoring')(utc_timestamp) | trim }} as date)
    {%- endif -%}
{%- endmacro %}

{% macro default__local_time(utc_timestamp) -%}
    ({{ utc_timestamp }} at time zone 'UTC') at time zone '{{ reporting_timezone() }}'
{%- endmacro %}

{% macro spark__local_time(utc_timestamp) -%}
    from_utc_timestamp({{ utc_timestamp }}, '{{ reporting_timezone() }}')
{%- endmacro %}

{% macro snowflake__local_time(utc_timestamp) -%}
    convert_timezone('UTC', '{{ reporting_timezone() }}', {{ utc_timestamp }})
{%- endmacro %}

{% macro bigquery__local_time(utc_timestamp) -%}
    datetime({{ utc_timestamp }}, '{{ reporting_timezone() }}')
{%- endmacro %}
