{#
    On DuckDB a model is built only if something changed since it was last built: its SQL, which holds
    the as-of day, or what it reads. For this the table model_builds holds of each model a hash of what
    it was built from (`inputs`), what tells its table apart (`stamp`) and its number of rows.
    Always built is a model that reads a raw table, the time or chance, or whose meta says
    is_always_built; a full refresh builds all.
#}

{# Before a run. #}
{% macro create_model_builds() %}
    {%- if target.type == 'duckdb' and flags.WHICH in ['build', 'run'] -%}
        {%- call statement('create_model_builds') -%}
create table if not exists {{ model_builds() }} (
    model text,
    inputs text,
    stamp text,
    row_count bigint
)
        {%- endcall -%}
        {#- Else a transaction that an earlier hook began would take the table back. -#}
        {%- do adapter.commit() -%}
    {%- endif -%}
{% endmacro %}

{% macro model_builds() -%}
    {{ api.Relation.create(database=target.database, schema=target.schema, identifier='model_builds') }}
{%- endmacro %}

{#
    What the model of the context would be built from now: a dict of `inputs` (none: not known), the
    `stamp` of its table as it is (none: not known) and is_unchanged.
#}
{% macro build_state(existing) %}
    {%- set parents = {} -%}
    {%- set state = namespace(
        is_known=not (flags.DEFER or reads_time_or_chance(sql)), stamp=none, built_from=none
    ) -%}
    {%- if not add_stored_parents(model.depends_on.nodes, parents) -%}
        {%- set state.is_known = false -%}
    {%- endif -%}
    {%- set own = {model.name: model} if existing is not none else {} -%}
    {%- set read = dict(parents, **own) if state.is_known else own -%}
    {%- set parts = [
        sql, model.contract.checksum | default(''), model.config['pre-hook'], model.config['post-hook'],
    ] -%}
    {%- for row in (run_query(builds_query(read)).rows if read else []) -%}
        {%- if row['model'] == model.name -%}
            {%- set state.stamp = row['stamp'] -%}
            {%- set state.built_from = row['inputs'] -%}
        {%- else -%}
            {%- if row['stamp'] is none -%}{%- set state.is_known = false -%}{%- endif -%}
            {%- do parts.append([row['model'], row['stamp'], row['row_count']]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set inputs = local_md5(parts | string) if state.is_known else none -%}
    {{ return({
        'inputs': inputs,
        'stamp': state.stamp,
        'is_unchanged': inputs is not none and inputs == state.built_from
            and not flags.FULL_REFRESH and not model.config.meta.is_always_built,
    }) }}
{% endmacro %}

{#
    Adds to the dict the nodes that a model reads, those behind ephemeral models and views, too;
    false where its SQL reads a raw table. (A model may name one for its columns only.)
#}
{% macro add_stored_parents(unique_ids, parents) %}
    {%- set found = namespace(are_all_known=true) -%}
    {%- for unique_id in unique_ids -%}
        {%- set node = graph.nodes.get(unique_id) -%}
        {%- if node is none -%}
            {%- if graph.sources[unique_id].relation_name in sql -%}
                {%- set found.are_all_known = false -%}
            {%- endif -%}
        {%- elif node.name not in parents -%}
            {%- if node.config.materialized in ['ephemeral', 'view']
                and not add_stored_parents(node.depends_on.nodes, parents) -%}
                {%- set found.are_all_known = false -%}
            {%- endif -%}
            {%- if node.config.materialized != 'ephemeral' and is_built(node) -%}
                {%- do parents.update({node.name: node}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.are_all_known) }}
{% endmacro %}

{# A model may only be named for the order of a run, and a run may leave it out. #}
{% macro is_built(node) %}
    {{ return(load_cached_relation(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.alias
    )) is not none) }}
{% endmacro %}

{% macro reads_time_or_chance(sql) %}
    {{ return(modules.re.search(
        '(?i)\\b(now|today|age|random|uuid|uuidv4|uuidv7|gen_random_uuid|nextval|glob|read_[a-z_]+|[a-z_]+_scan'
        ~ '|get_current_timestamp|get_current_time|transaction_timestamp) *\\('
        ~ '|\\b(current_date|current_time|current_timestamp|current_localtime|current_localtimestamp'
        ~ '|localtime|localtimestamp|tablesample)\\b|\\b(from|join) +\'', sql
    ) is not none) }}
{% endmacro %}

{#
    A row for each node (a dict name -> node): its stamp, and what it was built from if its table is as
    it was left then. A small table is told apart by its rows, whoever wrote them; a large one by its
    last build and the number of its rows, unless its meta says is_written_elsewhere.
#}
{% macro builds_query(nodes) -%}
select
    seen.model,
    seen.row_count,
    case
        when seen.contents is not null then seen.contents
        when seen.row_count = builds.row_count and not seen.is_written_elsewhere then builds.stamp
    end as stamp,
    case
        when
            seen.row_count = builds.row_count
            and coalesce(seen.contents = builds.stamp, true)
            then builds.inputs
    end as inputs
from (
    {%- for name, node in nodes.items() %}
    select
        '{{ name }}' as model,
        {{ 'true' if node.config.meta.is_written_elsewhere else 'false' }} as is_written_elsewhere,
        {%- if node.config.materialized == 'view' %}
        0 as row_count,
        cast(null as text) as contents
        {%- else %}
        (select count(*) from {{ node.relation_name }}) as row_count,
        {{ contents_of(node) }} as contents
        {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
) as seen
left join {{ model_builds() }} as builds on seen.model = builds.model
order by seen.model
{%- endmacro %}

{#
    A hash of the columns and rows of a node's table, or of the column that its meta names (told_apart_by); null
    for more than 10,000 rows, unless of_any.
#}
{% macro contents_of(node, of_any=false) -%}
        (
            select
                case
                    when count(*) = (select count(*) from {{ node.relation_name }})
                        then md5(
                            typeof(any_value(row_looked_at)) || ' '
                            || coalesce(sum(hash({{ node.config.meta.told_apart_by or 'row_looked_at' }})), 0)
                        )
                end
            from (
                select * from {{ node.relation_name }}
                {%- if not of_any %}
                limit (
                    select case when count(*) <= 10000 then 10000 else 0 end
                    from {{ node.relation_name }}
                )
                {%- endif %}
            ) as row_looked_at
        )
{%- endmacro %}

{# In the transaction that builds a table, which a large one is told apart by `stamp`, if there is one. #}
{% macro record_build(state, stamp=none, is_view=false) %}
    {%- set inputs = "'" ~ state.inputs ~ "'" if state.inputs else 'null' -%}
    {%- set row_count = 0 -%}
    {%- set stamp_of_table = inputs -%}
    {%- if not is_view -%}
        {%- set row_count = run_query('select count(*) as row_count from ' ~ this).rows[0][0] -%}
        {%- set stamp_of_table = contents_of(model, of_any=true) if stamp is none or row_count <= 10000
            else "'" ~ stamp ~ "'" -%}
    {%- endif -%}
    {%- call statement('record_build') -%}
delete from {{ model_builds() }} where model = '{{ model.name }}';
insert into {{ model_builds() }}
select '{{ model.name }}', {{ inputs }}, {{ stamp_of_table }}, {{ row_count }}
    {%- endcall -%}
{% endmacro %}

{# After people are erased: the tables that hooks took rows from are not as they were built. #}
{% macro forget_builds(models, is_changed) %}
    {%- if target.type == 'duckdb' -%}
delete from {{ model_builds() }}
where model in ('{{ models | join("', '") }}') and {{ is_changed }}
    {%- endif -%}
{% endmacro %}

{# What a materialization returns of a model that is as it was. #}
{% macro keep_as_built(relation) %}
    {%- call noop_statement('main', 'UNCHANGED', 'UNCHANGED') -%}
        {{ sql }}
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
