{# Any text as a SQL literal. #}
{% macro text_literal(text) %}
    {{- return(adapter.dispatch('text_literal', 'lead_scoring')(text | string)) -}}
{% endmacro %}

{% macro default__text_literal(text) %}
    {{- return("'" ~ text | replace("'", "''") ~ "'") -}}
{% endmacro %}

{# In Spark, a backslash in a literal starts an escape. #}
{% macro spark__text_literal(text) %}
    {{- return("'" ~ text | replace("\\", "\\\\") | replace("'", "\\'") ~ "'") -}}
{% endmacro %}

{% macro bigquery__text_literal(text) %}
    {{- return(spark__text_literal(text)) -}}
{% endmacro %}

{% macro snowflake__text_literal(text) %}
    {{- return(spark__text_literal(text)) -}}
{% endmacro %}

{# A list of words as SQL text literals: 'a', 'b'. #}
{% macro as_literals(words) -%}
    {%- set literals = [] -%}
    {%- for word in words -%}{%- do literals.append(text_literal(word)) -%}{%- endfor -%}
    {{ literals | join(', ') or "''" }}
{%- endmacro %}

{# Any name as a quoted identifier. #}
{% macro quoted(name) %}
    {{- return(adapter.dispatch('quoted', 'lead_scoring')(name)) -}}
{% endmacro %}

{% macro default__quoted(name) %}
    {{- return('"' ~ name | replace('"', '""') ~ '"') -}}
{% endmacro %}

{% macro spark__quoted(name) %}
    {{- return('`' ~ name | replace('`', '``') ~ '`') -}}
{% endmacro %}

{% macro bigquery__quoted(name) %}
    {{- return('`' ~ name ~ '`') -}}
{% endmacro %}
