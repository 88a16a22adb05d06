{#
    CTEs that follow merges to their ends, the last of them merge_ends (known_at, contact,
    survivor). merges names a CTE with known_at, contact and merged_into, one row a contact at a time;
    a contact without a row has not been merged. The survivor of a chain is its end; of a cycle,
    and of what leads into one, the smallest contact of the cycle.

    Each round doubles the steps that are taken at once, so 16 rounds follow 65,536 merges.
    Recursive queries are no way: engines lack them or stop them after 100 steps.
#}
{% macro merge_ends(merges) -%}
{{ steps_before() }}
-- The contact reached by 1 step, and the smallest one met on the way, the start included.
steps_0 as (
    select
        followed.known_at,
        followed.contact,
        followed.merged_into as reached,
        followed.contact as smallest_met
    from {{ merges }} as followed
),
{% for round in range(1, 17) %}
-- By {{ 2 ** round }} steps.
steps_{{ round }} as{{ planned_apart() }} (
    select
        looked_up.known_at,
        looked_up.contact,
        coalesce(looked_up.next_reached, looked_up.reached) as reached,
        {{ lesser_text(
            'looked_up.smallest_met', 'coalesce(looked_up.next_smallest, looked_up.smallest_met)'
        ) }} as smallest_met
    from (
        {{ looked_up_steps('steps_' ~ (round - 1)) | indent(8) }}
    ) as looked_up
),
{% endfor %}
-- Who is still reached as a contact is in a cycle: all of it was met from there.
merge_ends as (
    select
        looked_up.known_at,
        looked_up.contact,
        coalesce(looked_up.next_smallest, looked_up.reached) as survivor
    from (
        {{ looked_up_steps('steps_16') | indent(8) }}
    ) as looked_up
)
{%- endmacro %}

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

{# Each contact's steps with those of the contact that it reached. #}
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
    By a window, as a second reference to the round before would be computed again: each step twice,
    asking for the contact it reached, and answering for its own contact.
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
