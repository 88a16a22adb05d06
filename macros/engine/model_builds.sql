{#
    DuckDB only: the table model_builds has a row for each model with the hash of the inputs of its
    last build, the hash of its table, and the number of rows. unchanged_models.sql reads it.
#}

{# On run start. #}
{% macro create_model_builds() %}
    {%- if execute and target.type == 'duckdb' and flags.WHICH in ['build', 'run'] -%}
        {%- call statement('create_model_builds') -%}
create table if not exists {{ model_builds() }} (
    model text,
    inputs_hash text,
    table_hash text,
    row_count bigint
)
        {%- endcall -%}
        {#- An earlier hook may have begun a transaction, which dbt would roll back. -#}
        {%- do adapter.commit() -%}
        {#- Only a checkpoint frees the space of dropped tables for the next ones. -#}
        {%- do run_query("set checkpoint_threshold = '1MB'") -%}
        {%- do record_tables_as_they_are() -%}
        {%- do adapter.commit() -%}
        {%- do remember('model_builds', {}) -%}
        {%- do remember_builds(
            run_query('select model, table_hash, row_count, inputs_hash from ' ~ model_builds()).rows
        ) -%}
    {%- endif -%}
{% endmacro %}

{#
    The last builds of the nodes of a dict (name -> node), each as a dict. Nothing is read twice in a
    run, unless it has changed since: raw tables and seeds count as they were when the first model
    read them.
#}
{% macro last_builds(nodes) %}
    {%- set remembered = remembered_in_run('model_builds') -%}
    {%- set builds = [] -%}
    {%- set looked_up = {} -%}
    {%- for name, node in nodes.items() -%}
        {%- if name in remembered and not node.config.meta.is_written_elsewhere -%}
            {%- do builds.append(remembered[name]) -%}
        {%- else -%}
            {%- do looked_up.update({name: node}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do builds.extend(remember_builds(run_query(builds_query(looked_up)).rows)) if looked_up -%}
    {{ return(builds) }}
{% endmacro %}

{% macro remember_builds(rows) %}
    {%- set remembered = remembered_in_run('model_builds') -%}
    {%- set builds = [] -%}
    {%- for row in rows -%}
        {%- do builds.append({
            'model': row[0], 'table_hash': row[1], 'row_count': row[2] | string, 'inputs_hash': row[3],
        }) -%}
        {%- do remembered.update({row[0]: builds[-1]}) -%}
    {%- endfor -%}
    {{ return(builds) }}
{% endmacro %}

{# After the rows of these models in model_builds changed. #}
{% macro forget_remembered(models) %}
    {%- for name in models -%}
        {%- do remembered_in_run('model_builds').pop(name, none) -%}
    {%- endfor -%}
{% endmacro %}

{% macro model_builds() -%}
    {{ api.Relation.create(database=target.database, schema=target.schema, identifier='model_builds') }}
{%- endmacro %}

{#
    A table that was changed since the last run, by hand for instance, counts as never built: a small
    one if a row differs, a large one if it has more or fewer rows. Nothing is known of tables in
    other databases, where a model may have moved.
#}
{% macro record_tables_as_they_are() %}
    {%- set tables = {} -%}
    {%- set present = relations_present() -%}
    {%- set moved = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.database != target.database -%}
        {%- do moved.append(node.name) -%}
    {%- endfor -%}
    {%- if moved -%}
        {%- do run_query('delete from ' ~ model_builds() ~ " where model in ('" ~ moved | join("', '") ~ "')") -%}
    {%- endif -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.database == target.database
        and node.config.materialized in ['table', 'incremental', 'iterated']
        and not is_hashed_by_readers(node) and node.schema ~ '.' ~ node.alias in present -%}
        {%- do tables.update({node.name: node.relation_name}) -%}
    {%- endfor -%}
    {%- if tables -%}
        {%- set row_counts = {} -%}
        {%- for row in run_query(row_counts_query(tables)).rows -%}
            {%- do row_counts.update({row[0]: row[1]}) -%}
        {%- endfor -%}
        {%- call statement('record_tables_as_they_are') -%}
create or replace temp table tables_now as
            {%- for name, relation in tables.items() %}
select
    '{{ name }}' as model,
                {%- if row_counts[name] <= small_table_rows() %}
    {{ hash_of_rows() }} as table_hash,
    {{ row_counts[name] }} as row_count
from {{ relation }} as hashed_row
                {%- else %}
    cast(null as text) as table_hash,
    {{ row_counts[name] }} as row_count
                {%- endif %}
{{ 'union all' if not loop.last else ';' }}
            {%- endfor %}

update {{ model_builds() }} as builds
set inputs_hash = null, table_hash = tables_now.table_hash, row_count = tables_now.row_count
from tables_now
where
    builds.model = tables_now.model
    and (
        builds.row_count <> tables_now.row_count
        or coalesce(builds.table_hash <> tables_now.table_hash, false)
    );

insert into {{ model_builds() }} (model, table_hash, row_count)
select tables_now.model, tables_now.table_hash, tables_now.row_count
from tables_now
where tables_now.model not in (select builds.model from {{ model_builds() }} as builds);

drop table tables_now
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{# Tables and views of the target's database: a list of schema.name. #}
{% macro relations_present() %}
    {%- set present = [] -%}
    {%- for row in run_query(relations_query()).rows -%}{%- do present.append(row[0]) -%}{%- endfor -%}
    {{ return(present) }}
{% endmacro %}

{% macro relations_query() -%}
select schema_name || '.' || table_name as relation
from duckdb_tables()
where database_name = '{{ target.database }}'
union all
select schema_name || '.' || view_name as relation
from duckdb_views()
where database_name = '{{ target.database }}'
{%- endmacro %}

{% macro row_counts_query(tables) -%}
    {%- for name, relation in tables.items() %}
select '{{ name }}' as model, count(*) as row_count from {{ relation }}
{{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#
    Of the dict (name -> node): the hash and the number of rows of each table, and the hash of the
    inputs of its last build, if the table has not changed since.
#}
{% macro builds_query(nodes) -%}
    {%- set recorded = [] -%}
    {%- set hashed = {} -%}
    {%- for name, node in nodes.items() -%}
        {%- if is_hashed_by_readers(node) -%}
            {%- do hashed.update({name: node}) -%}
        {%- else -%}
            {%- do recorded.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if recorded -%}
select builds.model, builds.table_hash, builds.row_count, builds.inputs_hash
from {{ model_builds() }} as builds
where builds.model in ('{{ recorded | join("', '") }}')
    {%- endif -%}
    {%- for name, node in hashed.items() %}
{{ 'union all' if recorded or not loop.first }}
select
    '{{ name }}' as model,
    tables_now.table_hash,
    tables_now.row_count,
    case
        when
            tables_now.row_count = builds.row_count
            and coalesce(tables_now.table_hash = builds.table_hash, true)
            then builds.inputs_hash
    end as inputs_hash
from (
    select
        {% if node.resource_type == 'source' -%}
        (select {{ hash_of_rows() }} from {{ node.relation_name }} as hashed_row) as table_hash,
        {%- else -%}
        {{ hash_if_small(node) | trim }} as table_hash,
        {%- endif %}
        (select count(*) from {{ compared_rows(node) }}) as row_count
) as tables_now
left join {{ model_builds() }} as builds on builds.model = '{{ name }}'
    {%- endfor %}
order by model
{%- endmacro %}

{# A table of at most so many rows is small. #}
{% macro small_table_rows() %}
    {{ return(10000) }}
{% endmacro %}

{#
    In the transaction that builds the current model. table_hash: what a large table is recognised
    by; none hashes its rows. DuckDB writes to one database per transaction, so nothing is recorded
    of a model in another one, and it is never skipped.
#}
{% macro record_build(state, table_hash=none, is_view=false) %}
    {%- if this.database == target.database -%}
        {%- set inputs_hash = "'" ~ state.inputs_hash ~ "'" if state.inputs_hash else 'null' -%}
        {%- set row_count = 0 -%}
        {%- set recorded_hash = inputs_hash -%}
        {%- if not is_view -%}
            {%- set row_count = run_query('select count(*) as row_count from ' ~ compared_rows(model)).rows[0][0] -%}
            {%- set is_hashed = table_hash is none or row_count <= small_table_rows() -%}
            {%- set recorded_hash = '(select ' ~ hash_of_rows() ~ ' from ' ~ compared_rows(model) ~ ' as hashed_row)'
                if is_hashed else "'" ~ table_hash ~ "'" -%}
        {%- endif -%}
        {%- call statement('record_build') -%}
delete from {{ model_builds() }} where model = '{{ model.name }}';
insert into {{ model_builds() }} (model, inputs_hash, table_hash, row_count)
select '{{ model.name }}', {{ inputs_hash }}, {{ recorded_hash }}, {{ row_count }}
        {%- endcall -%}
        {%- do forget_remembered([model.name]) -%}
    {%- endif -%}
{% endmacro %}

{# After a hook of this model may have deleted rows from another model's table, which stays current. #}
{% macro record_deletion(table) %}
    {%- if target.type == 'duckdb' -%}
        {%- do forget_remembered([table.identifier]) -%}
update {{ model_builds() }} as builds
set
    row_count = table_now.row_count,
    table_hash = case
        when table_now.row_count <= {{ small_table_rows() }} then table_now.table_hash
        else '{{ invocation_id }}'
    end
from (
    select count(*) as row_count, {{ hash_of_rows() }} as table_hash
    from {{ table }} as hashed_row
) as table_now
where builds.model = '{{ table.identifier }}' and builds.row_count <> table_now.row_count
    {%- endif -%}
{% endmacro %}

{# After hooks have erased people from the tables of these models. #}
{% macro forget_builds(models, condition) %}
    {%- if target.type == 'duckdb' -%}
        {%- do forget_remembered(models) -%}
delete from {{ model_builds() }}
where model in ('{{ models | join("', '") }}') and {{ condition }}
    {%- endif -%}
{% endmacro %}
