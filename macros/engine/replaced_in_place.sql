{#
    On DuckDB, a table or view is dropped and created in one transaction. dbt-duckdb's own
    materialization creates it under another name, renames both and drops the old one after the
    commit; these statements took a third of the time of a small run. Unchanged models are skipped.
#}
{% materialization table, adapter='duckdb' %}
    {{ return(replaced_in_place('table')) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ return(replaced_in_place('view')) }}
{% endmaterialization %}

{% macro replaced_in_place(kind) %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type=kind) -%}
    {%- set state = build_state(existing) -%}
    {%- if state.is_unchanged -%}
        {{ return(skip_unchanged(target)) }}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {%- do adapter.ensure_transaction() -%}
    {%- do drop_in_transaction(existing) -%}
    {%- call statement('main') -%}
        {{ get_create_table_as_sql(false, target, sql) if kind == 'table'
            else get_create_view_as_sql(target, sql) }}
    {%- endcall -%}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {%- do persist_docs(target, model) -%}
    {%- do record_build(
        state, invocation_id if flags.FULL_REFRESH else state.inputs_hash, kind == 'view'
    ) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=false) }}

    {{ return({'relations': [target]}) }}
{% endmacro %}

{# Like adapter.drop_relation, but that parses all macros again. #}
{% macro drop_in_transaction(existing) %}
    {%- if existing is not none -%}
        {%- do adapter.cache_dropped(existing) -%}
        {%- do drop_relation(existing) -%}
    {%- endif -%}
{% endmacro %}

{# Also in one transaction. The table counts as unchanged if there is no new row. #}
{% materialization incremental, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set state = build_state(existing) -%}
    {%- if state.is_unchanged -%}
        {{ return(skip_unchanged(target)) }}
    {%- endif -%}
    {%- set new_rows = make_temp_relation(target) -%}
    {%- set is_new = existing is none or existing.is_view or should_full_refresh() -%}

    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {%- do adapter.ensure_transaction() -%}
    {%- set table_hash = invocation_id -%}
    {%- if is_new -%}
        {%- do drop_in_transaction(existing) -%}
        {%- call statement('main') -%}
            {{ get_create_table_as_sql(false, target, sql) }}
        {%- endcall -%}
    {%- else -%}
        {%- do run_query(create_table_as(true, new_rows, sql)) -%}
        {%- set columns = process_schema_changes(config.get('on_schema_change', 'ignore'), new_rows, existing)
            or adapter.get_columns_in_relation(existing) -%}
        {%- set write = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy')) -%}
        {%- call statement('main') -%}
            {{ write({
                'target_relation': target, 'temp_relation': new_rows, 'dest_columns': columns,
                'unique_key': config.get('unique_key'), 'incremental_predicates': none,
            }) }}
        {%- endcall -%}
        {%- if run_query('select 1 as new_row from ' ~ new_rows ~ ' limit 1').rows | length == 0 -%}
            {%- set table_hash = state.table_hash or invocation_id -%}
        {%- endif -%}
        {%- do run_query('drop table ' ~ new_rows) -%}
    {%- endif -%}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {%- do persist_docs(target, model) -%}
    {%- do record_build(state, table_hash) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=false) }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}
