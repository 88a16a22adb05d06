{#
    DuckDB only: the table model_builds has a row for each model with the hash of the inputs of its
    last build, the hash of its table afterwards, and the number of rows; and a row for each raw
    table that is compared as a whole, as it was when the run began. unchanged_models.sql reads it.
#}

{# On run start. #}
{% macro create_model_builds() %}
    {%- if target.type == 'duckdb' and flags.WHICH in ['build', 'run'] -%}
        {%- call statement('create_model_builds') -%}
create table if not exists {{ model_builds() }} (
    model text,
    inputs_hash text,
    table_hash text,
    row_count bigint
);

delete from {{ model_builds() }} where model like '%.%';
            {%- for node in graph.sources.values() if is_compared_as_a_whole(node) and raw_table_of(node).columns %}

insert into {{ model_builds() }}
select
    '{{ build_name(node) }}' as model,
    cast(null as text) as inputs_hash,
    {{ rows_hash(node, of_any_size=true) }} as table_hash,
    (select count(*) from {{ node.relation_name }}) as row_count;
            {%- endfor %}
        {%- endcall -%}
        {#- An earlier hook may have begun a transaction, which dbt would roll back. -#}
        {%- do adapter.commit() -%}
    {%- endif -%}
{% endmacro %}

{#
    Whether one hash stands for a raw table: not if its rows say when they were loaded. Such tables
    grow, and are read by what is new in them.
#}
{% macro is_compared_as_a_whole(source_node) %}
    {{ return('loaded_at' not in source_node.config.meta.required) }}
{% endmacro %}

{# A model's name has no dot. #}
{% macro build_name(node) %}
    {{ return(node.schema ~ '.' ~ node.name if node.resource_type == 'source' else node.name) }}
{% endmacro %}

{% macro model_builds() -%}
    {{ api.Relation.create(database=target.database, schema=target.schema, identifier='model_builds') }}
{%- endmacro %}

{#
    One row per node of the dict (name -> node): the hash of its table as it is now, and the hash of
    the inputs of its last build if the table has not changed since. A small table is hashed row by
    row, so any change is noticed. A large one has the hash that its last build recorded as long as
    the number of rows is the same, unless its meta says is_written_elsewhere.
#}
{% macro tables_and_builds_query(nodes) -%}
select
    seen.model,
    seen.row_count,
    case
        when seen.rows_hash is not null then seen.rows_hash
        when seen.row_count = builds.row_count and not seen.is_written_elsewhere then builds.table_hash
    end as table_hash,
    case
        when
            seen.row_count = builds.row_count
            and coalesce(seen.rows_hash = builds.table_hash, true)
            then builds.inputs_hash
    end as inputs_hash
from (
    {%- for name, node in nodes.items() %}
    select
        '{{ name }}' as model,
        {{ 'true' if node.config.meta.is_written_elsewhere else 'false' }} as is_written_elsewhere,
        {%- if node.resource_type == 'source' %}
        recorded.row_count,
        recorded.table_hash as rows_hash
    from (select 1 as one_row) as one
    left join {{ model_builds() }} as recorded on recorded.model = '{{ name }}'
        {%- elif node.config.materialized == 'view' %}
        0 as row_count,
        cast(null as text) as rows_hash
        {%- else %}
        (select count(*) from {{ compared_rows(node) }}) as row_count,
        {{ rows_hash(node) }} as rows_hash
        {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
) as seen
left join {{ model_builds() }} as builds on seen.model = builds.model
order by seen.model
{%- endmacro %}

{#
    A hash of the columns and rows of a node's table; null for a large table, unless of_any_size.
#}
{% macro rows_hash(node, of_any_size=false) -%}
        (
            select
                case
                    when count(*) = (select count(*) from {{ compared_rows(node) }})
                        then md5(
                            typeof(any_value(hashed_row)) || ' '
                            || coalesce(sum(hash(hashed_row)), 0)
                        )
                end
            from (
                select * from {{ compared_rows(node) }}
                {%- if not of_any_size %}
                limit (
                    select case when count(*) <= {{ small_table_rows() }} then count(*) else 0 end
                    from {{ compared_rows(node) }}
                )
                {%- endif %}
            ) as hashed_row
        )
{%- endmacro %}

{# Publishing a day changes nothing for other runs of that day. #}
{% macro compared_rows(node) -%}
    {%- if node.config.meta.compares_other_days -%}
        (select as_of from {{ node.relation_name }} where as_of <> {{ as_of() }})
    {%- else -%}
        {{ node.relation_name }}
    {%- endif -%}
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
            {%- set recorded_hash = rows_hash(model, of_any_size=true) if is_hashed
                else "'" ~ table_hash ~ "'" -%}
        {%- endif -%}
        {%- call statement('record_build') -%}
delete from {{ model_builds() }} where model = '{{ model.name }}';
insert into {{ model_builds() }}
select '{{ model.name }}', {{ inputs_hash }}, {{ recorded_hash }}, {{ row_count }}
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{# After a hook of another model may have deleted rows from a table that is as new as it can be. #}
{% macro record_deletion(table) %}
    {%- if target.type == 'duckdb' -%}
update {{ model_builds() }} as builds
set row_count = table_now.row_count, table_hash = '{{ invocation_id }}'
from (select count(*) as row_count from {{ table }}) as table_now
where builds.model = '{{ table.identifier }}' and builds.row_count <> table_now.row_count
    {%- endif -%}
{% endmacro %}

{# After hooks have erased people from the tables of these models. #}
{% macro forget_builds(models, condition) %}
    {%- if target.type == 'duckdb' -%}
delete from {{ model_builds() }}
where model in ('{{ models | join("', '") }}') and {{ condition }}
    {%- endif -%}
{% endmacro %}
