-- Why the scores of lead_scores_by_day are what they are: it adds up to their points.
with day_ledger as (
    select * from {{ ref('day_ledger') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
)

select day_ledger.*
from day_ledger
inner join as_of_days on day_ledger.as_of = as_of_days.as_of
where as_of_days.is_scored_day
