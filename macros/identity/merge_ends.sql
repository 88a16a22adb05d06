{#
    CTEs that follow merges, or parents, to their ends; the last is merge_ends [known_at, contact,
    survivor]. merges: a CTE with known_at, contact and merged_into, one row per contact and time;
    a contact without a row has not been merged. The survivor of a chain is its end; of a cycle, and
    of chains that lead into one, the contact of the cycle whose id sorts first.

    Each round doubles the number of steps: 16 rounds follow chains of 65,536 merges, 4 rounds 16.
    Recursive queries are no alternative: Spark 3 lacks them, and warehouses stop them after 100 or
    500 steps.
#}
{% macro merge_ends(merges, rounds=16) -%}
{{ steps_before() }}
-- The contact reached by 1 step, and the first in the order of ids on the way, including the start.
steps_0 as (
    select
        followed.known_at,
        followed.contact,
        followed.merged_into as reached,
        followed.contact as smallest_met
    from {{ merges }} as followed
),
{% for round in range(1, rounds + 1) %}
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
-- A contact that is still reached is in a cycle, and all contacts of the cycle were on its way.
merge_ends as (
    select
        looked_up.known_at,
        looked_up.contact,
        coalesce(looked_up.next_smallest, looked_up.reached) as survivor
    from (
        {{ looked_up_steps('steps_' ~ rounds) | indent(8) }}
    ) as looked_up
)
{%- endmacro %}
