{# A number of its own for each row, from 1 on or higher, in whatever order. #}
{% macro any_number() %}
    {{- return(adapter.dispatch('any_number', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__any_number() -%}
    row_number() over ()
{%- endmacro %}

{% macro snowflake__any_number() -%}
    row_number() over (order by null)
{%- endmacro %}

{# A window without order would bring all rows to one task. #}
{% macro spark__any_number() -%}
    1 + monotonically_increasing_id()
{%- endmacro %}
