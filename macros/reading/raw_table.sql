{#
    A raw table as it really is: .relation to select from and .columns, a map of lower-case name
    to column. A table that is not there reads as one without rows.
#}
{% macro raw_table(schema_name, table_name) %}
    {%- set declared = source(schema_name, table_name) -%}
    {%- set columns = {} -%}
    {%- if execute -%}
        {#- Asked of the engine, not of dbt's cache: the table may be younger than the cache. -#}
        {%- for column in columns_in(declared) -%}
            {%- do columns.update({column.name | lower: column}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set is_there = columns or not execute -%}
    {{ return({
        'name': table_name,
        'relation': declared if is_there else '(select 1 as no_column where false)',
        'columns': columns,
    }) }}
{% endmacro %}
