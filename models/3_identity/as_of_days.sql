-- The days that this run scores: its own as-of day, those that the var scored_days names and, if a
-- scoring model is challenged, the ends of the last weeks.
with challengers as (
    select * from {{ ref('config_challengers') }}
),

days as (
    select
        {{ as_of() }} as as_of,
        1 as run_days,
        0 as scored_days,
        0 as week_ends
    {%- for day in scored_days() %}

    union all

    select
        {{ day }} as as_of,
        0 as run_days,
        1 as scored_days,
        0 as week_ends
    {%- endfor %}
    {%- for weeks in range(5) %}

    union all

    select
        cast({{ dbt.dateadd('day', -7 * weeks, as_of()) }} as date) as as_of,
        0 as run_days,
        0 as scored_days,
        1 as week_ends
    from challengers
    {%- endfor %}
)

select
    days.as_of,
    sum(days.run_days) > 0 as is_run_day,
    sum(days.scored_days) > 0 as is_scored_day,
    sum(days.week_ends) > 0 as is_week_end
from days
group by days.as_of
