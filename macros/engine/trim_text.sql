{# Text without white space around it (tabs, line ends and no-break spaces too). #}
{% macro trim_text(text) %}
    {{- return(adapter.dispatch('trim_text', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__trim_text(text) -%}
    trim({{ text }}, concat(e' \t\n\x0b\f\r', chr(160)))
{%- endmacro %}
