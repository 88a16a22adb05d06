{# Config of a table that keeps the results of the last evaluation, with its day in evaluated_on. #}
{% macro kept_until_next_evaluation() %}
    {{ return({
        'materialized': 'incremental',
        'incremental_strategy': 'append',
        'full_refresh': false,
        'on_schema_change': 'append_new_columns',
    }) }}
{%- endmacro %}

{# Before a new evaluation is written. #}
{% macro delete_last_evaluation(kept) %}
{%- set deletion -%}
delete from {{ kept }}
where evaluated_on <= (
    select
        max(
            case
                when evaluation_plan.is_due then evaluation_plan.evaluated_on
                else date '0001-01-01'
            end
        )
    from {{ ref('int_evaluation_plan') }} as evaluation_plan
)
{%- endset -%}
{{ if_table_exists(kept, deletion) }}
{% endmacro %}

{% macro record_evaluation() %}
insert into {{ ref('int_evaluations') }} (evaluated_on, due_because)
select
    evaluation_plan.evaluated_on,
    evaluation_plan.due_because
from {{ ref('int_evaluation_plan') }} as evaluation_plan
where
    evaluation_plan.is_due
    and evaluation_plan.evaluated_on not in (
        select evaluations.evaluated_on from {{ ref('int_evaluations') }} as evaluations
    )
{% endmacro %}
