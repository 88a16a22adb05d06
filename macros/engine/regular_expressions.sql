{#
    Regular expressions in the syntax that all engines share. Without backslashes, because engines
    read them differently in literals.
#}

{# Replaces every match of a pattern. #}
{% macro replace_matches(text, pattern, replacement) %}
    {{- return(adapter.dispatch('replace_matches', 'lead_scoring')(text, pattern, replacement)) -}}
{% endmacro %}

{% macro default__replace_matches(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{% macro duckdb__replace_matches(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro postgres__replace_matches(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{# Whether a text contains a match of a pattern. #}
{% macro has_match(text, pattern) %}
    {{- return(adapter.dispatch('has_match', 'lead_scoring')(text, pattern)) -}}
{% endmacro %}

{% macro default__has_match(text, pattern) -%}
    regexp_instr({{ text }}, '{{ pattern }}') > 0
{%- endmacro %}

{% macro duckdb__has_match(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__has_match(text, pattern) -%}
    {{ text }} ~ '{{ pattern }}'
{%- endmacro %}

{% macro spark__has_match(text, pattern) -%}
    regexp({{ text }}, '{{ pattern }}')
{%- endmacro %}

{# The first match of a pattern in a text; where there is none, null or empty. #}
{% macro first_match(text, pattern) %}
    {{- return(adapter.dispatch('first_match', 'lead_scoring')(text, pattern)) -}}
{% endmacro %}

{% macro default__first_match(text, pattern) -%}
    regexp_substr({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__first_match(text, pattern) -%}
    regexp_extract({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__first_match(text, pattern) -%}
    substring({{ text }} from '({{ pattern }})')
{%- endmacro %}

{% macro spark__first_match(text, pattern) -%}
    regexp_extract({{ text }}, '{{ pattern }}', 0)
{%- endmacro %}
