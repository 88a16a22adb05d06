{{ config(materialized='view') }}

-- Every criterion that a lead meets and every limit that moved its points, at the end of each
-- as-of day: it adds up to the points of day_scores.
with criterion_points as (
    select * from {{ ref('criterion_points') }}
),

limit_points as (
    select * from {{ ref('limit_points') }}
),

final as (
    select
        criterion_points.lead_id,
        criterion_points.scoring_model,
        criterion_points.as_of,
        criterion_points.criterion,
        criterion_points.dimension,
        criterion_points.category,
        true as is_met,
        criterion_points.occurrences,
        criterion_points.raw_points,
        criterion_points.points,
        criterion_points.last_occurred_on,
        criterion_points.evidence
    from criterion_points

    union all

    select
        limit_points.lead_id,
        limit_points.scoring_model,
        limit_points.as_of,
        limit_points.criterion,
        limit_points.dimension,
        limit_points.category,
        false as is_met,
        cast(null as bigint) as occurrences,
        cast(null as decimal(38, 9)) as raw_points,
        limit_points.points,
        cast(null as date) as last_occurred_on,
        limit_points.evidence
    from limit_points
)

select
    cast(final.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(final.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    final.as_of,
    cast(final.criterion as {{ dbt.type_string() }}) as criterion,
    cast(final.dimension as {{ dbt.type_string() }}) as dimension,
    cast(final.category as {{ dbt.type_string() }}) as category,
    final.is_met,
    final.occurrences,
    final.raw_points,
    cast(final.points as decimal(38, 9)) as points,
    final.last_occurred_on,
    cast(final.evidence as {{ dbt.type_string() }}) as evidence
from final
