{# A pattern for is_like in which only % is a wildcard. #}
{% macro like_pattern(text) %}
    {{- return(adapter.dispatch('like_pattern', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro default__like_pattern(text) -%}
    replace(replace(lower({{ text }}), '!', '!!'), '_', '!_')
{%- endmacro %}

{% macro bigquery__like_pattern(text) -%}
    replace(replace(lower({{ text }}), '\\', '\\\\'), '_', '\\_')
{%- endmacro %}

{# Whether a text matches a like_pattern. #}
{% macro is_like(text, pattern) %}
    {{- return(adapter.dispatch('is_like', 'lead_scoring')(text, pattern)) -}}
{% endmacro %}

{% macro default__is_like(text, pattern) -%}
    {{ text }} like {{ pattern }} escape '!'
{%- endmacro %}

{% macro bigquery__is_like(text, pattern) -%}
    {{ text }} like {{ pattern }}
{%- endmacro %}
