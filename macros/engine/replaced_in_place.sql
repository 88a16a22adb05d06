{#
    How DuckDB makes tables and views: one statement, `create or replace`, in the transaction of the
    model's hooks. dbt-duckdb's own way builds beside the old relation, renames twice and drops what
    is left; its statements took a third of the time of a small company's run.
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

    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {%- if existing is not none and existing.type != kind -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        create or replace {{ kind }} {{ target }} as (
            {{ sql }}
        )
    {%- endcall -%}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {%- do persist_docs(target, model) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=false) }}

    {{ return({'relations': [target]}) }}
{% endmacro %}
