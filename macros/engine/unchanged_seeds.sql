{#
    DuckDB only: a seed whose file and settings are those of its last load, and whose table is as that
    load left it, is not loaded again. The checksum is the one that dbt read with the file; dbt has
    none of files of more than 1 MB, which are always loaded.
#}
{% materialization seed, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set state = {'inputs_hash': none} -%}
    {%- if model.checksum.name != 'path' -%}
        {%- do state.update({'inputs_hash': local_md5([
            model.checksum, model.config.column_types, model.config.quote_columns,
            model.config['pre-hook'], model.config['post-hook'], model.columns.keys() | list,
        ] | string)}) -%}
    {%- endif -%}
    {%- if existing is not none and state.inputs_hash is not none and not flags.FULL_REFRESH -%}
        {%- set builds = run_query(tables_and_builds_query({model.name: model})) -%}
        {%- if builds.rows[0]['inputs_hash'] == state.inputs_hash -%}
            {#- dbt asks each seed for a table, which it shows with --show. -#}
            {%- do store_result('agate_table', response='UNCHANGED', agate_table=builds) -%}
            {{ return(skip_unchanged(this.incorporate(type='table'))) }}
        {%- endif -%}
    {%- endif -%}
    {%- set loaded = materialization_seed_default() -%}
    {%- do adapter.ensure_transaction() -%}
    {%- do record_build(state) -%}
    {{ adapter.commit() }}
    {{ return(loaded) }}
{% endmaterialization %}
