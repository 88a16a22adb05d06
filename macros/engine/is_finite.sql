{# Whether a timestamp is one on the calendar; some engines also know an infinite one. #}
{% macro is_finite(timestamp) %}
    {{- return(adapter.dispatch('is_finite', 'lead_scoring')(timestamp)) -}}
{% endmacro %}

{% macro default__is_finite(timestamp) -%}
    {{ timestamp }} is not null
{%- endmacro %}

{% macro duckdb__is_finite(timestamp) -%}
    isfinite({{ timestamp }})
{%- endmacro %}

{% macro postgres__is_finite(timestamp) -%}
    isfinite({{ timestamp }})
{%- endmacro %}
