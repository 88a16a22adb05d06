{#
    A table that is made step by step: the model says how it begins, the macro that is named in its
    config `step` what follows from the table `previous`, until no row is without is_finished, or
    after `most_steps` steps. The model must name in its SQL all that the step reads.
#}
{% materialization iterated, default %}
    {%- set step = context[config.require('step')] -%}
    {%- set target = this.incorporate(type='table') -%}
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
    {%- for number in range(config.require('most_steps')) if not state.is_finished -%}
        {%- set left = run_query(
            'select count(*) from ' ~ steps[state.last] ~ ' where not is_finished'
        ) -%}
        {%- if left.rows[0][0] == 0 -%}
            {%- set state.is_finished = true -%}
        {%- else -%}
            {%- do make_step(steps[1 - state.last], step(steps[state.last])) -%}
            {%- set state.last = 1 - state.last -%}
        {%- endif -%}
    {%- endfor -%}

    {%- set existing = load_cached_relation(this) -%}
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
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=false) }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# A run that was killed may have left the table. #}
{% macro make_step(relation, sql) %}
    {%- do drop_relation(relation) -%}
    {%- call statement('step') -%}
        {{ create_table_as(false, relation, sql) }}
    {%- endcall -%}
{% endmacro %}
