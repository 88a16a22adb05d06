{# The CTEs that looked_up_steps needs. #}
{% macro steps_before() %}
    {{- return(adapter.dispatch('steps_before', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__steps_before() -%}
sides as (
    select false as asks
    union all
    select true as asks
),
{%- endmacro %}

{% macro duckdb__steps_before() %}{% endmacro %}

{% macro postgres__steps_before() %}{% endmacro %}

{# Joins each step of a contact with the steps of the contact that it reached. #}
{% macro looked_up_steps(steps) %}
    {{- return(adapter.dispatch('looked_up_steps', 'lead_scoring')(steps)) -}}
{% endmacro %}

{% macro duckdb__looked_up_steps(steps) -%}
select
    steps.known_at,
    steps.contact,
    steps.reached,
    steps.smallest_met,
    next_steps.reached as next_reached,
    next_steps.smallest_met as next_smallest
from {{ steps }} as steps
left join {{ steps }} as next_steps
    on
        steps.known_at = next_steps.known_at
        and steps.reached = next_steps.contact
{%- endmacro %}

{% macro postgres__looked_up_steps(steps) -%}
    {{ duckdb__looked_up_steps(steps) }}
{%- endmacro %}

{#
    With a window instead of a self-join, because engines would compute a CTE again for its second
    reference. Each step occurs twice: it asks for the contact that it reached, and answers for its
    own.
#}
{% macro default__looked_up_steps(steps) -%}
{%- set looked_up -%}
(
    partition by
        steps.known_at, case when sides.asks then steps.reached else steps.contact end
)
{%- endset -%}
select
    answers.known_at,
    answers.contact,
    answers.reached,
    answers.smallest_met,
    answers.next_reached,
    answers.next_smallest
from (
    select
        steps.known_at,
        steps.contact,
        steps.reached,
        steps.smallest_met,
        sides.asks,
        max(case when not sides.asks then steps.reached end) over {{ looked_up | indent(8) }} as next_reached,
        max(case when not sides.asks then steps.smallest_met end) over {{ looked_up | indent(8) }} as next_smallest
    from {{ steps }} as steps
    cross join sides
) as answers
where answers.asks
{%- endmacro %}
