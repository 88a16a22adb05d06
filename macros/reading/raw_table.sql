{#
    A raw table as it exists: .relation to select from and .columns, a map of lower-case name to
    column. A missing table reads as an empty one.
#}
{% macro raw_table(schema_name, table_name) %}
    {%- set declared = source(schema_name, table_name) -%}
    {%- set columns = {} -%}
    {%- if execute -%}
        {#- Looked up in the engine, not in dbt's cache: the table may be newer than the cache. -#}
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
