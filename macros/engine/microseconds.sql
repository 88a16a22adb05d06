{# Microseconds since 1970 of a timestamp, a whole number. #}
{% macro microseconds(utc_timestamp) %}
    {{- return(adapter.dispatch('microseconds', 'lead_scoring')(utc_timestamp)) -}}
{% endmacro %}

{% macro duckdb__microseconds(utc_timestamp) -%}
    epoch_us({{ utc_timestamp }})
{%- endmacro %}
