{#
    Columns of a relation in the engine's catalog, in any case of its name; empty if it does not
    exist.
#}
{% macro columns_in(relation) %}
    {%- if not flags.INTROSPECT -%}
        {{ return(declared_columns(relation)) }}
    {%- endif -%}
    {{- return(adapter.dispatch('columns_in', 'lead_scoring')(relation)) -}}
{% endmacro %}

{% macro default__columns_in(relation) %}
    {%- set columns = [] -%}
    {%- for row in run_query(columns_query(relation)).rows -%}
        {%- do columns.append({'name': row[0], 'data_type': row[1]}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{% macro columns_query(relation) -%}
select
    column_name,
    data_type
from {{ information_schema_of(relation) }}.columns
where
    lower(table_catalog) = lower('{{ relation.database }}')
    and lower(table_schema) = lower('{{ relation.schema }}')
    and lower(table_name) = lower('{{ relation.identifier }}')
order by ordinal_position
{%- endmacro %}

{# Columns of what a model builds; empty if it has not been built. #}
{% macro columns_of_model(relation) %}
    {{- return(adapter.dispatch('columns_of_model', 'lead_scoring')(relation)) -}}
{% endmacro %}

{% macro default__columns_of_model(relation) %}
    {{ return(columns_in(relation)) }}
{% endmacro %}

{# To describe one relation takes DuckDB a tenth of the time of searching the columns of all. #}
{% macro duckdb__columns_of_model(relation) %}
    {%- if load_cached_relation(relation) is none -%}
        {{ return(columns_in(relation)) }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for row in run_query('describe ' ~ relation).rows -%}
        {%- do columns.append({'name': row[0], 'data_type': row[1]}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{# BigQuery lists columns per dataset, and fails if the dataset does not exist. #}
{% macro bigquery__columns_in(relation) %}
    {%- set columns = [] -%}
    {%- set found = load_relation(relation) -%}
    {%- if found is not none -%}
        {%- for column in adapter.get_columns_in_relation(found) -%}
            {%- do columns.append({'name': column.name, 'data_type': column.data_type}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{% endmacro %}

{% macro spark__columns_in(relation) %}
    {%- set columns = [] -%}
    {%- set found = load_relation(relation) -%}
    {%- if found is not none -%}
        {%- for row in run_query('describe table ' ~ found).rows
            if row[0] and not row[0].startswith('#') and columns | selectattr('name', 'equalto', row[0]) | list == [] -%}
            {%- do columns.append({'name': row[0], 'data_type': row[1]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{% endmacro %}

{% macro information_schema_of(relation) %}
    {{- return(adapter.dispatch('information_schema_of', 'lead_scoring')(relation)) -}}
{% endmacro %}

{% macro default__information_schema_of(relation) %}
    {{- return('information_schema') -}}
{% endmacro %}

{# In DuckDB, a raw schema of the user may contain a table called information_schema. #}
{% macro duckdb__information_schema_of(relation) %}
    {{- return('system.information_schema') -}}
{% endmacro %}

{# Without a connection: the columns of a raw table that its YAML declares; else none. #}
{% macro declared_columns(relation) %}
    {%- set columns = [] -%}
    {%- for source_node in graph.sources.values()
        if source_node.schema == relation.schema and source_node.identifier == relation.identifier -%}
        {%- for column in source_node.columns.values() -%}
            {%- do columns.append({'name': column.name, 'data_type': column.data_type or 'text'}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{# Whether a relation exists and has a column; of an ephemeral model, whether its YAML declares it. #}
{% macro has_column(relation, column_name) %}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- set columns = columns_of_ephemeral_model(relation.identifier | replace('__dbt__cte__', ''))
            if relation.is_cte else columns_of_model(relation) -%}
        {%- for column in columns -%}
            {%- do names.append(column.name | lower) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(column_name in names) }}
{% endmacro %}

{% macro columns_of_ephemeral_model(name) %}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == name -%}
        {%- if node.columns -%}{{ return(node.columns.values() | list) }}{%- endif -%}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error(
        'The model ' ~ name ~ ' is ephemeral, and no YAML file declares its columns. Declare them, or make it a'
        ~ ' table or a view.'
    ) }}
{% endmacro %}
