{{ config(materialized='view') }}

-- The ledger of the days to come, if nothing is added.
with criterion_points as (
    select * from {{ ref('outlook_criterion_points') }}
),

limit_points as (
    select * from {{ ref('outlook_limit_points') }}
)

select
    criterion_points.as_of,
    criterion_points.lead_id,
    criterion_points.scoring_model,
    criterion_points.criterion,
    criterion_points.dimension,
    true as is_met,
    criterion_points.points
from criterion_points

union all

select
    limit_points.as_of,
    limit_points.lead_id,
    limit_points.scoring_model,
    limit_points.criterion,
    limit_points.dimension,
    false as is_met,
    limit_points.points
from limit_points
