{# Whether a text is in a list_of_texts. #}
{% macro is_listed(text, list) %}
    {{- return(adapter.dispatch('is_listed', 'lead_scoring')(text, list)) -}}
{% endmacro %}

{% macro default__is_listed(text, list) -%}
    array_contains({{ list }}, {{ text }})
{%- endmacro %}

{% macro duckdb__is_listed(text, list) -%}
    list_contains({{ list }}, {{ text }})
{%- endmacro %}

{% macro postgres__is_listed(text, list) -%}
    {{ text }} = any({{ list }})
{%- endmacro %}

{% macro snowflake__is_listed(text, list) -%}
    array_contains(to_variant({{ text }}), {{ list }})
{%- endmacro %}

{% macro bigquery__is_listed(text, list) -%}
    {{ text }} in unnest({{ list }})
{%- endmacro %}

{# The texts of a group as one list. #}
{% macro list_of_texts(text) %}
    {{- return(adapter.dispatch('list_of_texts', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro default__list_of_texts(text) -%}
    array_agg({{ text }})
{%- endmacro %}

{% macro spark__list_of_texts(text) -%}
    collect_list({{ text }})
{%- endmacro %}
