{# The as-of day as a SQL date: the var, else today in the reporting time zone. #}
{% macro as_of() %}
    {%- set day = var('as_of') -%}
    {%- if day is none -%}
        {%- set zone = modules.pytz.timezone(reporting_timezone()) -%}
        {%- set day = run_started_at.astimezone(zone).strftime('%Y-%m-%d') -%}
    {%- endif -%}
    {%- if not modules.re.match('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', day | string) -%}
        {{ exceptions.raise_compiler_error("The var as_of must be an ISO date such as 2026-01-31, not '" ~ day ~ "'.") }}
    {%- endif -%}
    cast('{{ day }}' as date)
{%- endmacro %}

{# The time zone whose calendar days count; an error for a name that is none. #}
{% macro reporting_timezone() -%}
    {%- set zone = var('reporting_timezone') or 'UTC' -%}
    {%- if zone not in modules.pytz.all_timezones_set -%}
        {{ exceptions.raise_compiler_error(
            "The var reporting_timezone must be an IANA time zone such as Europe/Madrid, not '" ~ zone ~ "'."
        ) }}
    {%- endif -%}
    {{ return(zone) }}
{%- endmacro %}
