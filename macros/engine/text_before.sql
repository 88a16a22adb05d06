{# The part of a text before a mark; all of it without the mark. #}
{% macro text_before(text, mark) %}
    {{- return(adapter.dispatch('text_before', 'lead_scoring')(text, mark)) -}}
{% endmacro %}

{% macro default__text_before(text, mark) -%}
    split_part({{ text }}, '{{ mark }}', 1)
{%- endmacro %}

{% macro bigquery__text_before(text, mark) -%}
    split({{ text }}, '{{ mark }}')[offset(0)]
{%- endmacro %}
