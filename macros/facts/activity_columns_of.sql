{#
    The columns of the shape that all activities have, from a staging CTE: null where its raw table does
    not have them. columns: those that the CTE has.
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
