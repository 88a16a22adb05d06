{#
    On run start, if the var demo_data is true: adds the rows of the demo company that are due.
    Never changes raw tables that it did not create.
#}
{% macro load_demo_data() %}
    {%- if execute and flags.WHICH in ['build', 'run', 'freshness'] -%}
        {%- set found = raw_tables_found() -%}
        {%- if not var('demo_data') -%}
            {%- if found | length == 0 -%}
                {{ exceptions.raise_compiler_error(
                    "There is no raw table to score: fill the schemas " ~ var('raw_crm_schema')
                    ~ " and " ~ var('raw_activity_schema') ~ " of " ~ target.name
                    ~ ", or set the var demo_data to true."
                ) }}
            {%- endif -%}
        {%- elif found | length > 0 and 'demo_deliveries' not in found -%}
            {{ log("The raw schemas hold tables of your own: no demo data is loaded into them.", info=true) }}
        {%- else -%}
            {{ deliver_demo_rows(is_first='demo_deliveries' not in found) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# Existing raw tables, and demo_deliveries, which marks them as demo data. #}
{% macro raw_tables_found() %}
    {%- set found = [] -%}
    {%- for source_node in graph.sources.values() -%}
        {%- set wanted = [source_node.identifier] -%}
        {%- do wanted.append('demo_deliveries') if source_node.name == 'contacts' -%}
        {%- for table_name in wanted -%}
            {%- set relation = api.Relation.create(
                database=source_node.database, schema=source_node.schema, identifier=table_name
            ) -%}
            {%- do found.append(table_name) if columns_in(relation) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{% macro deliver_demo_rows(is_first) %}
    {{- return(adapter.dispatch('deliver_demo_rows', 'lead_scoring')(is_first)) -}}
{% endmacro %}

{% macro default__deliver_demo_rows(is_first) %}
    {{ exceptions.raise_compiler_error(
        "The demo company is loaded on DuckDB only. Fill the schemas " ~ var('raw_crm_schema')
        ~ " and " ~ var('raw_activity_schema') ~ " of " ~ target.name
        ~ " with your own tables and set the var demo_data to false."
    ) }}
{% endmacro %}

{#
    The files contain times in seconds and dates in days after the first run. The last row is due 45
    days after it; a later run starts over.
#}
{% macro duckdb__deliver_demo_rows(is_first) %}
    {%- set contacts = (graph.sources.values() | selectattr('name', 'equalto', 'contacts') | list)[0] -%}
    {%- set deliveries = raw_table_name(contacts, 'demo_deliveries') -%}
    {%- set due_on = 'greatest(' ~ as_of() ~ ", cast('" ~ run_started_at.strftime('%Y-%m-%d') ~ "' as date))" -%}
    {%- set due_seconds = "(date_diff('day', anchor_on, " ~ due_on ~ ") + 1) * 86400" -%}
    {%- if not is_first -%}
        {%- set delivery = run_query(
            "select " ~ due_seconds ~ " > 46 * 86400 as is_over,"
            ~ " coalesce(delivered_seconds >= " ~ due_seconds ~ ", false) as is_delivered from " ~ deliveries
        ).rows[0] -%}
        {%- if delivery['is_delivered'] and not delivery['is_over'] -%}
            {{ return('') }}
        {%- endif -%}
    {%- endif -%}
    {%- set starts_anew = is_first or delivery['is_over'] -%}
    begin;
    {%- if starts_anew -%}
        {{ log(
            "Demo data: a small company's year is loaded into " ~ var('raw_crm_schema') ~ " and "
            ~ var('raw_activity_schema') ~ ".", info=true
        ) }}
    {%- for source_node in graph.sources.values() | unique(attribute='schema') %}
    create schema if not exists {{ quoted(source_node.database) }}.{{ quoted(source_node.schema) }};
    {%- endfor %}
    create or replace table {{ deliveries }} as
    select
        cast('{{ run_started_at.strftime('%Y-%m-%d') }}' as date) as anchor_on,
        cast(null as bigint) as delivered_seconds;
    {%- endif %}
    {%- for source_node in graph.sources.values() if source_node.config.meta.get('in_demo', true) %}
    {%- set table = raw_table_name(source_node, source_node.identifier) %}
    {%- set delivered_at = 'try_cast(demo.' ~ demo_delivery_column(source_node.name) ~ ' as bigint)' %}
    {{ 'create or replace table ' ~ table ~ ' as' if starts_anew else 'insert into ' ~ table }}
    select {{ demo_columns(source_node.name) }}
    from read_csv('{{ demo_file(source_node.name) }}', all_varchar = true, header = true) as demo
    cross join {{ deliveries }} as deliveries
    where
        coalesce({{ delivered_at }}, -1)
        < {{ due_seconds }}
        {%- if not starts_anew %}
        and {{ delivered_at }} >= deliveries.delivered_seconds
        {%- endif %};
    {%- endfor %}
    update {{ deliveries }}
    set delivered_seconds = greatest(
        coalesce(delivered_seconds, 0),
        {{ due_seconds }}
    );
    commit;
{% endmacro %}

{# A table in the schema of a raw table. #}
{% macro raw_table_name(source_node, name) %}
    {{- return(
        quoted(source_node.database) ~ '.' ~ quoted(source_node.schema) ~ '.' ~ quoted(name)
    ) -}}
{% endmacro %}

{# The column with the time of delivery. #}
{% macro demo_delivery_column(table_name) -%}
    {{ {
        'contacts': 'updated_at', 'companies': 'updated_at', 'deals': 'updated_at',
        'erasure_requests': 'requested_at',
    }.get(table_name, 'loaded_at') }}
{%- endmacro %}

{# Adds the day of the first run to times (_at) and dates (_on, _since). #}
{% macro demo_columns(table_name) %}
    {%- set header = run_query(
        "select * from read_csv('" ~ demo_file(table_name)
        ~ "', all_varchar = true, header = true) limit 0"
    ).column_names -%}
    {%- set columns = [] -%}
    {%- for name in header -%}
        {%- if name.endswith('_at') -%}
            {%- do columns.append(
                "coalesce(strftime(deliveries.anchor_on + to_seconds(try_cast(demo." ~ name
                ~ " as bigint)), '%Y-%m-%d %H:%M:%S'), demo." ~ name ~ ") as " ~ name
            ) -%}
        {%- elif name.endswith('_on') or name.endswith('_since') -%}
            {%- do columns.append(
                "coalesce(cast(cast(deliveries.anchor_on + cast(try_cast(demo." ~ name
                ~ " as integer) as integer) as date) as varchar), demo." ~ name ~ ") as " ~ name
            ) -%}
        {%- else -%}
            {%- do columns.append('demo.' ~ name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(columns | join(', ')) }}
{% endmacro %}

{% macro demo_file(table_name) -%}
    {%- set folder = invocation_args_dict.get('project_dir') or '.' -%}
    {{ return((folder ~ '/demo/data/' ~ table_name ~ '.csv.gz') | replace("'", "''")) }}
{%- endmacro %}
