{# A text that nobody can guess, another one each time. #}
{% macro random_text() %}
    {{- return(adapter.dispatch('random_text', 'lead_scoring')()) -}}
{% endmacro %}

{% macro duckdb__random_text() -%}
    concat(cast(uuid() as varchar), cast(uuid() as varchar))
{%- endmacro %}
