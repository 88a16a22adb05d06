{#
    A table that is computed in steps: the model's SQL is one step, which reads the result of the
    previous one. It is repeated until is_finished is true in all rows, at most `most_steps` times,
    and compiled again each time, without the CTEs of ephemeral models. On DuckDB, an unchanged one
    is skipped like other models.
#}
{% materialization iterated, default %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set build = build_state(existing) if adapter.type() == 'duckdb' else {} -%}
    {%- if build.is_unchanged -%}
        {{ return(skip_unchanged(target)) }}
    {%- endif -%}
    {%- set steps = [] -%}
    {%- for letter in ['a', 'b'] -%}
        {%- do steps.append(api.Relation.create(
            database=this.database, schema=this.schema, identifier=this.identifier ~ '__step_' ~ letter,
            type='table'
        )) -%}
    {%- endfor -%}

    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {%- do make_step(steps[0], sql) -%}
    {%- set state = namespace(last=0, is_finished=false) -%}
    {%- for number in range(config.require('most_steps') - 1) if not state.is_finished -%}
        {%- set left = run_query(
            'select count(*) from ' ~ steps[state.last] ~ ' where not is_finished'
        ) -%}
        {%- if left.rows[0][0] == 0 -%}
            {%- set state.is_finished = true -%}
        {%- else -%}
            {%- do model.update(previous_step=steps[state.last]) -%}
            {%- do make_step(steps[1 - state.last], render(model.raw_code)) -%}
            {%- set state.last = 1 - state.last -%}
        {%- endif -%}
    {%- endfor -%}

    {%- if existing is not none -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(false, target, 'select * from ' ~ steps[state.last]) }}
    {%- endcall -%}
    {%- for relation in steps -%}
        {%- do drop_relation(relation) -%}
    {%- endfor -%}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {%- do persist_docs(target, model) -%}
    {%- if build -%}
        {%- do record_build(build, invocation_id if flags.FULL_REFRESH else build.inputs_hash) -%}
    {%- endif -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=false) }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{#
    In an iterated model, the input of a step: first the CTE `beginning`, then the result of the
    previous step.
#}
{% macro previous_step(beginning) -%}
    {{ model.previous_step or beginning }}
{%- endmacro %}

{# A killed run may have left the table. #}
{% macro make_step(relation, sql) %}
    {%- do drop_relation(relation) -%}
    {%- call statement('step') -%}
        {{ create_table_as(false, relation, sql) }}
    {%- endcall -%}
{% endmacro %}
