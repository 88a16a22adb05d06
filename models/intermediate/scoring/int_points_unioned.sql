{{ config(materialized='ephemeral') }}

-- Every criterion that a lead meets and every limit that changed its points, by number.
with fit_points as (
    select * from {{ ref('int_fit_points') }}
),

engagement_points as (
    select * from {{ ref('int_engagement_points') }}
),

limit_points as (
    select * from {{ ref('int_limit_points') }}
)

select
    fit_points.score_key,
    fit_points.criterion_number,
    true as is_met,
    cast(null as bigint) as occurrences,
    fit_points.points as raw_points,
    fit_points.points,
    cast(null as date) as last_occurred_on,
    fit_points.value,
    cast(null as decimal(28, 9)) as held_points
from fit_points

union all

select
    engagement_points.score_key,
    engagement_points.criterion_number,
    true as is_met,
    engagement_points.occurrences,
    engagement_points.raw_points,
    engagement_points.points,
    engagement_points.last_occurred_on,
    cast(null as {{ dbt.type_string() }}) as value,
    cast(null as decimal(28, 9)) as held_points
from engagement_points

union all

select
    limit_points.score_key,
    limit_points.criterion_number,
    false as is_met,
    cast(null as bigint) as occurrences,
    cast(null as decimal(38, 9)) as raw_points,
    limit_points.points,
    cast(null as date) as last_occurred_on,
    cast(null as {{ dbt.type_string() }}) as value,
    limit_points.held_points
from limit_points
