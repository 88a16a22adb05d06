{# The columns of a relation as the engine knows them, whatever the case of its name; none if it is not there. #}
{% macro columns_in(relation) %}
    {{- return(adapter.dispatch('columns_in', 'lead_scoring')(relation)) -}}
{% endmacro %}

{% macro duckdb__columns_in(relation) %}
    {%- set columns = [] -%}
    {%- for row in run_query(
        "select column_name, data_type
        from system.information_schema.columns
        where lower(table_catalog) = lower('" ~ relation.database ~ "')
            and lower(table_schema) = lower('" ~ relation.schema ~ "')
            and lower(table_name) = lower('" ~ relation.identifier ~ "')
        order by ordinal_position"
    ).rows -%}
        {%- do columns.append({'name': row[0], 'data_type': row[1]}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{# Whether a relation has a column, as the engine knows it; false where it is not there. #}
{% macro has_column(relation, column_name) %}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for column in columns_in(relation) -%}{%- do names.append(column.name | lower) -%}{%- endfor -%}
    {%- endif -%}
    {{ return(column_name in names) }}
{% endmacro %}
