-- The days that this run scores: its own as-of day, and those that the var scored_days names.
with days as (
    select
        {{ as_of() }} as as_of,
        1 as run_days,
        0 as scored_days
    {%- for day in scored_days() %}

    union all

    select
        {{ day }} as as_of,
        0 as run_days,
        1 as scored_days
    {%- endfor %}
)

select
    days.as_of,
    sum(days.run_days) > 0 as is_run_day,
    sum(days.scored_days) > 0 as is_scored_day
from days
group by days.as_of
