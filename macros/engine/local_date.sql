{# The calendar day of a UTC timestamp in the reporting time zone. #}
{% macro local_date(utc_timestamp) -%}
    {%- if reporting_timezone() == 'UTC' -%}
        cast({{ utc_timestamp }} as date)
    {%- else -%}
        cast({{ local_time(utc_timestamp, text_literal(reporting_timezone())) | trim }} as date)
    {%- endif -%}
{%- endmacro %}

{# Local time of a UTC timestamp. Both arguments are SQL. #}
{% macro local_time(utc_timestamp, time_zone) %}
    {{- return(adapter.dispatch('local_time', 'lead_scoring')(utc_timestamp, time_zone)) -}}
{% endmacro %}

{% macro default__local_time(utc_timestamp, time_zone) -%}
    (({{ utc_timestamp }}) at time zone 'UTC') at time zone {{ time_zone }}
{%- endmacro %}

{% macro spark__local_time(utc_timestamp, time_zone) -%}
    from_utc_timestamp({{ utc_timestamp }}, {{ time_zone }})
{%- endmacro %}

{% macro snowflake__local_time(utc_timestamp, time_zone) -%}
    convert_timezone('UTC', {{ time_zone }}, {{ utc_timestamp }})
{%- endmacro %}

{% macro bigquery__local_time(utc_timestamp, time_zone) -%}
    timestamp(datetime({{ utc_timestamp }}, {{ time_zone }}))
{%- endmacro %}
