{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='to_date',
    full_refresh=false,
    pre_hook=[
        "{{ forget_unfinished_publication(this, 'to_date') }}",
        "{{ forget_erased_leads(this, 'to_date') }}"
    ],
    post_hook="delete from {{ this }} where lead_id is null"
) }}

-- Why the points of each lead differ between each published day and the one before it.

with points_changes as (
    select * from {{ ref('points_changes') }}
),

publication_day as (
    select * from {{ ref('publication_day') }}
),

final as (
    select
        points_changes.lead_id,
        points_changes.scoring_model,
        publication_day.as_of as to_date,
        points_changes.cause,
        points_changes.criterion,
        points_changes.from_date,
        points_changes.points_change
    from points_changes
    cross join publication_day
    where publication_day.is_published

    {% if is_incremental() %}
    -- Takes the place of what an earlier run of the same day published; then swept.
    union all

    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        {{ as_of() }} as to_date,
        cast(null as {{ dbt.type_string() }}) as cause,
        cast(null as {{ dbt.type_string() }}) as criterion,
        cast(null as date) as from_date,
        cast(null as decimal(38, 9)) as points_change
    from publication_day
    where publication_day.is_published
    {% endif %}
)

select * from final
