{# A different number of at least 1 for each row, in any order. #}
{% macro any_number() %}
    {{- return(adapter.dispatch('any_number', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__any_number() -%}
    row_number() over ()
{%- endmacro %}

{% macro snowflake__any_number() -%}
    row_number() over (order by null)
{%- endmacro %}

{# Not row_number(): Spark would process all rows in one task. #}
{% macro spark__any_number() -%}
    1 + monotonically_increasing_id()
{%- endmacro %}
