{#
    A raw table as it exists: .relation to select from and .columns, a map of lower-case name to
    column. A missing table reads as an empty one.
#}
{% macro raw_table(schema_name, table_name) %}
    {%- set declared = source(schema_name, table_name) -%}
    {%- set columns = {} -%}
    {%- if execute -%}
        {%- do columns.update(raw_columns(declared)) -%}
    {%- endif -%}
    {%- set is_there = columns or not execute -%}
    {{ return({
        'name': table_name,
        'relation': declared if is_there else '(select 1 as no_column where false)',
        'columns': columns,
    }) }}
{% endmacro %}

{#
    The columns of a raw table, a map of lower-case name to column. Looked up in the engine, not in
    dbt's cache, which may be older than the table; a run looks them up once, in check_raw_tables.
#}
{% macro raw_columns(relation) %}
    {%- set found = remembered_in_run('raw_columns').get(relation | string) -%}
    {%- if found is none -%}
        {%- set found = {} -%}
        {%- for column in columns_in(relation) -%}
            {%- do found.update({column.name | lower: column}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}
