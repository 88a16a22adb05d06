{# Microseconds since 1970 of a timestamp, a whole number; null of an infinite one. #}
{% macro microseconds(utc_timestamp) %}
    {{- return(adapter.dispatch('microseconds', 'lead_scoring')(utc_timestamp)) -}}
{% endmacro %}

{% macro duckdb__microseconds(utc_timestamp) -%}
    case when isfinite({{ utc_timestamp }}) then epoch_us({{ utc_timestamp }}) end
{%- endmacro %}
