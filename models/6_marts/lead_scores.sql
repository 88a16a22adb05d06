-- Each lead's score by each model on the as-of day of the run.
with day_scores as (
    select * from {{ ref('day_scores') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
)

select day_scores.*
from day_scores
inner join as_of_days on day_scores.as_of = as_of_days.as_of
where as_of_days.is_run_day
