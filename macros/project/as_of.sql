{# As-of day of the run as a SQL date: the var, or today in the reporting time zone. #}
{% macro as_of() %}
    {%- set day = var('as_of') -%}
    {%- if day is none -%}
        {%- set zone = modules.pytz.timezone(reporting_timezone()) -%}
        {%- set day = run_started_at.astimezone(zone).strftime('%Y-%m-%d') -%}
    {%- endif -%}
    {{ return(day_literal(day, 'The var as_of must be an ISO date such as 2026-01-31')) }}
{%- endmacro %}

{# The days of the var scored_days as SQL dates, in a list. #}
{% macro scored_days() %}
    {%- set given = var('scored_days') or [] -%}
    {%- set given = [given] if given is string or given is not iterable else given -%}
    {%- set days = [] -%}
    {%- for day in given -%}
        {%- do days.append(day_literal(
            day, 'The var scored_days must be a list of ISO dates such as [2026-01-31, 2026-02-28]'
        )) -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}

{# An ISO date as a SQL date; the error `rule` for anything else. #}
{% macro day_literal(day, rule) %}
    {%- if not modules.re.match('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', day | string) -%}
        {{ exceptions.raise_compiler_error(rule ~ ", not '" ~ day ~ "'.") }}
    {%- endif -%}
    {{ return("cast('" ~ day ~ "' as date)") }}
{%- endmacro %}

{# The ISO date after an ISO date. #}
{% macro next_day(day) %}
    {{- return(
        (modules.datetime.date.fromisoformat(day) + modules.datetime.timedelta(days=1)).isoformat()
    ) -}}
{% endmacro %}

{# The reporting time zone; an error for an unknown name. #}
{% macro reporting_timezone() -%}
    {%- set zone = var('reporting_timezone') or 'UTC' -%}
    {%- if zone not in modules.pytz.all_timezones_set -%}
        {{ exceptions.raise_compiler_error(
            "The var reporting_timezone must be an IANA time zone such as Europe/Madrid, not '" ~ zone ~ "'."
        ) }}
    {%- endif -%}
    {{ return(zone) }}
{%- endmacro %}

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
