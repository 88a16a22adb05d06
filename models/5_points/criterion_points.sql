{{ config(materialized='view') }}

-- Every criterion that a lead meets, of both dimensions.
with fit_points as (
    select * from {{ ref('fit_points') }}
),

engagement_points as (
    select * from {{ ref('engagement_points') }}
)

select
    fit_points.as_of,
    fit_points.lead_id,
    fit_points.scoring_model,
    fit_points.criterion,
    'fit' as dimension,
    fit_points.category,
    cast(null as bigint) as occurrences,
    fit_points.points as raw_points,
    fit_points.points,
    cast(null as date) as last_occurred_on,
    fit_points.evidence
from fit_points

union all

select
    engagement_points.as_of,
    engagement_points.lead_id,
    engagement_points.scoring_model,
    engagement_points.criterion,
    'engagement' as dimension,
    engagement_points.category,
    engagement_points.occurrences,
    engagement_points.raw_points,
    engagement_points.points,
    engagement_points.last_occurred_on,
    engagement_points.evidence
from engagement_points
