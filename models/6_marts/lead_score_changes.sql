{{ config(materialized='view') }}

-- Why the points of a lead differ between a published day and the one before it.
with published_changes as (
    select * from {{ ref('published_changes') }}
)

select
    cast(published_changes.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(published_changes.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    published_changes.to_date,
    cast(published_changes.cause as {{ dbt.type_string() }}) as cause,
    cast(published_changes.criterion as {{ dbt.type_string() }}) as criterion,
    published_changes.from_date,
    published_changes.points_change
from published_changes
