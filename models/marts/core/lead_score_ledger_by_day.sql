-- Explanation of the scores in lead_scores_by_day; adds up to their points.
with day_ledger as (
    select * from {{ ref('int_score_components') }}
),

as_of_days as (
    select * from {{ ref('int_scoring_dates') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
)

select
    day_ledger.lead_id,
    day_ledger.scoring_model,
    day_ledger.as_of,
    day_ledger.criterion,
    day_ledger.dimension,
    day_ledger.category,
    day_ledger.is_met,
    day_ledger.occurrences,
    day_ledger.raw_points,
    day_ledger.points,
    day_ledger.last_occurred_on,
    day_ledger.evidence
from day_ledger
inner join as_of_days on day_ledger.as_of = as_of_days.as_of
where
    as_of_days.is_scored_day
    and day_ledger.scoring_model not in (select challengers.challenger from challengers)
