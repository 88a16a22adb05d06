-- The two days whose points are compared: the last published one before the run's day, and that.
with as_of_days as (
    select * from {{ ref('as_of_days') }}
)

select
    from_days.as_of as from_day,
    to_days.as_of as to_day
from as_of_days as from_days
cross join as_of_days as to_days
where
    from_days.is_compared_day
    and to_days.is_run_day
