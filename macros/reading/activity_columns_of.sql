{#
    The columns that all five activity tables share, selected from a staging CTE; null if the raw table
    lacks them. columns: the columns that the CTE has.
#}
{% macro activity_columns_of(cte, columns) -%}
    {%- for name, data_type in dict({'email': dbt.type_string()}, **activity_column_types()).items() -%}
    {%- if name in columns -%}
        {{ cte }}.{{ name }}
    {%- else -%}
        cast(null as {{ data_type }}) as {{ name }}
    {%- endif -%}
    {{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
