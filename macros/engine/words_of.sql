{# A text in lower case whose words are parted by single spaces, with a space around it. #}
{% macro words_of(text) %}
    {{- return(adapter.dispatch('words_of', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__words_of(text) -%}
    concat(' ', trim(regexp_replace(lower({{ text }}), '[^\p{L}\p{N}]+', ' ', 'g')), ' ')
{%- endmacro %}
