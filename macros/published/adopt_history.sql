{#
    Before a run: what earlier versions of the project kept in private tables, which marts showed as
    views, becomes the marts' own; and private tables that no model makes any more go, as their
    people may ask to be erased. Killed anywhere in between, the next run goes on with it.
#}
{% macro adopt_history() %}
    {%- if execute and flags.WHICH in ['build', 'run'] -%}
        {%- for node in graph.nodes.values() if node.config.meta.was_kept_in -%}
            {%- set kept = private_relation(node.config.meta.was_kept_in) -%}
            {%- if kept is not none and kept.is_table -%}
                {%- set mart = api.Relation.create(
                    database=node.database, schema=node.schema, identifier=node.alias, type='table'
                ) -%}
                {%- set existing = load_relation(mart) -%}
                {%- if existing is none or existing.is_view -%}
                    {%- do adapter.drop_relation(existing) if existing is not none -%}
                    {%- do run_query(history_as_mart(kept, mart, node.columns.values())) -%}
                    {%- do adapter.cache_added(mart) -%}
                {%- endif -%}
                {%- do adapter.drop_relation(kept) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for name in retired_tables() -%}
            {%- set retired = private_relation(name) -%}
            {%- do adapter.drop_relation(retired) if retired is not none -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{% macro private_relation(name) %}
    {{- return(adapter.get_relation(target.database, target.schema, name)) -}}
{% endmacro %}

{% macro history_as_mart(kept, mart, columns) -%}
create table {{ mart }} {{ 'using iceberg' if target.type == 'spark' }} as
select
    {%- for column in columns %}
    cast({{ column.name }} as {{ api.Column.translate_type(column.data_type) }})
        as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ kept }}
{%- endmacro %}

{# Names of earlier versions' private models, of which nothing is needed any more. #}
{% macro retired_tables() %}
    {{ return([
        'connected_leads', 'handoff_deadlines', 'handoff_moments', 'handoff_responses',
        'lead_payloads', 'weekly_qualified_leads',
    ]) }}
{% endmacro %}
