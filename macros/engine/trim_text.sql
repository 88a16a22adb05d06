{# Trims white space, including tabs, line ends and no-break spaces. #}
{% macro trim_text(text) -%}
    {{ adapter.dispatch('trim_marks', 'lead_scoring')(
        text, 'concat(\' \', chr(9), chr(10), chr(11), chr(12), chr(13), chr(160))'
    ) | trim }}
{%- endmacro %}

{# Trims any of the marks. #}
{% macro default__trim_marks(text, marks) -%}
    trim({{ text }}, {{ marks }})
{%- endmacro %}

{% macro postgres__trim_marks(text, marks) -%}
    btrim({{ text }}, {{ marks }})
{%- endmacro %}

{% macro spark__trim_marks(text, marks) -%}
    trim(both {{ marks }} from {{ text }})
{%- endmacro %}

{# Trims any of the marks at the end. #}
{% macro trim_end(text, marks) %}
    {{- return(adapter.dispatch('trim_end', 'lead_scoring')(text, marks)) -}}
{% endmacro %}

{% macro default__trim_end(text, marks) -%}
    rtrim({{ text }}, {{ marks }})
{%- endmacro %}

{% macro spark__trim_end(text, marks) -%}
    trim(trailing {{ marks }} from {{ text }})
{%- endmacro %}
