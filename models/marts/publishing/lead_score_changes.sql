{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'was_kept_in': 'published_changes'},
    on_schema_change='append_new_columns',
    pre_hook=[
        "{{ delete_rows_to_republish(this, 'to_date') }}",
        "{{ forget_erased_leads(this, 'to_date') }}"
    ]
) }}

-- Why the points of a lead differ between a published day and the one before it.
with points_changes as (
    select * from {{ ref('int_points_changes') }}
),

publication as (
    select * from {{ ref('int_publication') }}
)

select
    cast(points_changes.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(points_changes.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    publication.as_of as to_date,
    cast(points_changes.cause as {{ dbt.type_string() }}) as cause,
    cast(points_changes.criterion as {{ dbt.type_string() }}) as criterion,
    points_changes.from_date,
    points_changes.points_change
from points_changes
cross join publication
where publication.is_published
