-- The days that this run scores: its own as-of day, those that the var scored_days names and,
-- unless a later day is published, the last published day, with which it is compared.
with publications as (
    select * from {{ ref('publications') }}
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
        1 as run_days,
        0 as scored_days,
        0 as compared_days
    {%- for day in scored_days() %}

    union all

    select
        {{ day }} as as_of,
        0 as run_days,
        1 as scored_days,
        0 as compared_days
    {%- endfor %}

    union all

    select
        day_before.as_of,
        0 as run_days,
        0 as scored_days,
        1 as compared_days
    from day_before
    cross join last_publication
    where
        day_before.as_of is not null
        and last_publication.as_of <= {{ as_of() }}
)

select
    days.as_of,
    sum(days.run_days) > 0 as is_run_day,
    sum(days.scored_days) > 0 as is_scored_day,
    sum(days.compared_days) > 0 as is_compared_day
from days
group by days.as_of
