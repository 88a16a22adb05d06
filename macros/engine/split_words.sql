{# One row per trimmed word of a `;`-separated text; selected as a column. #}
{% macro split_words(text) %}
    {{- return(adapter.dispatch('split_words', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__split_words(text) -%}
    {{ trim_text("unnest(string_split(" ~ text ~ ", ';'))") }}
{%- endmacro %}
