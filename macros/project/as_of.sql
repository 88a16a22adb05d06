{# As-of day of the run as a SQL date: the var, or today in the reporting time zone. #}
{% macro as_of() %}
    {%- set day = filled_var('as_of') -%}
    {%- if day is none -%}
        {%- set zone = modules.pytz.timezone(reporting_timezone()) -%}
        {%- set day = run_started_at.astimezone(zone).strftime('%Y-%m-%d') -%}
    {%- endif -%}
    {{ return(day_literal(day)) }}
{%- endmacro %}

{# The days of the var scored_days as SQL dates, in a list. #}
{% macro scored_days() %}
    {%- set given = var('scored_days') or [] -%}
    {%- set given = [given] if given is string or given is not iterable else given -%}
    {%- set days = [] -%}
    {%- for day in given -%}
        {%- do days.append(day_literal(day)) -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}

{# An ISO date as a SQL date. Anything else can be parsed, but neither compiled nor run. #}
{% macro day_literal(day) %}
    {%- if execute and not is_iso_date(day) -%}
        {%- do check_vars() -%}
        {%- do exceptions.raise_compiler_error("'" ~ day ~ "' is not an ISO date such as 2026-01-31.") -%}
    {%- endif -%}
    {{ return("cast('" ~ (day if is_iso_date(day) else '2000-01-01') ~ "' as date)") }}
{%- endmacro %}

{# The ISO date after an ISO date. #}
{% macro next_day(day) %}
    {{- return(
        (modules.datetime.date.fromisoformat(day) + modules.datetime.timedelta(days=1)).isoformat()
    ) -}}
{% endmacro %}

{# The reporting time zone. An unknown one can be parsed, but neither compiled nor run. #}
{% macro reporting_timezone() -%}
    {%- set zone = var('reporting_timezone') -%}
    {%- if execute and zone is not none and zone not in modules.pytz.all_timezones_set -%}
        {%- do check_vars() -%}
    {%- endif -%}
    {{ return(zone if zone in modules.pytz.all_timezones_set else 'UTC') }}
{%- endmacro %}

{# A var that is a number of days, at least 1, so that a wrong one can be parsed. #}
{% macro days_of_var(name) %}
    {{ return([var(name) | int, 1] | max) }}
{% endmacro %}

{#
    UTC time up to which a run uses data: now, if the as-of day is today; else the end of the as-of
    day.
#}
{% macro known_until() %}
    {%- set zone = modules.pytz.timezone(reporting_timezone()) -%}
    {%- set day = modules.datetime.date.fromisoformat(as_of()[6:16]) -%}
    {%- set now = run_started_at.astimezone(modules.pytz.utc) -%}
    {%- set moment = now -%}
    {%- if now.astimezone(zone).date() != day -%}
        {%- set next_day = day + modules.datetime.timedelta(days=1) -%}
        {%- set midnight = modules.datetime.datetime(next_day.year, next_day.month, next_day.day) -%}
        {%- set moment = zone.localize(midnight).astimezone(modules.pytz.utc) -%}
    {%- endif -%}
    {{ return("cast('" ~ moment.strftime('%Y-%m-%d %H:%M:%S') ~ "' as timestamp)") }}
{%- endmacro %}
