{# The calendar day of a UTC timestamp in the reporting time zone. #}
{% macro local_date(utc_timestamp) %}
    {{- return(adapter.dispatch('local_date', 'lead_scoring')(utc_timestamp)) -}}
{% endmacro %}

{% macro duckdb__local_date(utc_timestamp) -%}
    {%- if reporting_timezone() == 'UTC' -%}
        cast({{ utc_timestamp }} as date)
    {%- else -%}
        cast(timezone('{{ reporting_timezone() }}', timezone('UTC', {{ utc_timestamp }})) as date)
    {%- endif -%}
{%- endmacro %}
