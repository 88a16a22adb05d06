-- Days that this run scores: its as-of day; the days of the var scored_days; the last published
-- day, for comparison, unless a later day is published; the ends of the last weeks if a scoring
-- model has a challenger; and, in a run that evaluates, past days and the ends of the last weeks.
with publications as (
    select * from {{ ref('int_publications') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
),

last_publication as (
    select max(publications.as_of) as as_of
    from publications
),

day_before as (
    select max(publications.as_of) as as_of
    from publications
    where
        publications.published_at is not null
        and publications.as_of < {{ as_of() }}
),

days as (
    select
        {{ as_of() }} as as_of,
        'run_day' as day_role
    {%- for day in scored_days() %}

    union all

    select
        {{ day }} as as_of,
        'scored_day' as day_role
    {%- endfor %}

    union all

    select
        day_before.as_of,
        'compared_day' as day_role
    from day_before
    cross join last_publication
    where
        day_before.as_of is not null
        and last_publication.as_of <= {{ as_of() }}
    {%- for weeks in range(5) %}

    union all

    select
        {{ days_after(-7 * weeks, as_of()) }} as as_of,
        'week_end' as day_role
    from challengers
    {%- endfor %}
    {%- for days_ago in evaluation_days_ago() %}

    union all

    select
        {{ days_after(-days_ago, as_of()) }} as as_of,
        'evaluation_day' as day_role
    from evaluation_plan
    where evaluation_plan.is_due
    {%- endfor %}
    {%- for weeks in range(1, 5) %}

    union all

    select
        {{ days_after(-7 * weeks, as_of()) }} as as_of,
        'drift_day' as day_role
    from evaluation_plan
    where evaluation_plan.is_due
    {%- endfor %}
)

select
    days.as_of,
    sum(case when days.day_role = 'run_day' then 1 else 0 end) > 0 as is_run_day,
    sum(case when days.day_role = 'scored_day' then 1 else 0 end) > 0 as is_scored_day,
    sum(case when days.day_role = 'compared_day' then 1 else 0 end) > 0 as is_compared_day,
    sum(case when days.day_role = 'week_end' then 1 else 0 end) > 0 as is_week_end,
    sum(case when days.day_role = 'evaluation_day' then 1 else 0 end) > 0 as is_evaluation_day,
    sum(case when days.day_role = 'drift_day' then 1 else 0 end) > 0 as is_drift_day
from days
group by days.as_of
