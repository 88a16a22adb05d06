{# Text without white space around it (tabs, line ends and no-break spaces too). #}
{% macro trim_text(text) %}
    {{- return(adapter.dispatch('trim_text', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__trim_text(text) -%}
    trim({{ text }}, concat(' ', chr(9), chr(10), chr(11), chr(12), chr(13), chr(160)))
{%- endmacro %}
