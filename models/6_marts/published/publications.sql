{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    access='private',
    schema=none,
    contract={'enforced': false}
) }}

-- The as-of days that runs published. A run for an earlier day than the last of them publishes
-- nothing.
with as_of_day as (
    select
        coalesce(max(lead_scores.as_of), {{ as_of() }}) as as_of
    from {{ ref('lead_scores') }} as lead_scores
)

select as_of_day.as_of
from as_of_day
{% if is_incremental() %}
where
    not exists (
        select 1
        from {{ this }} as stored
        where stored.as_of >= as_of_day.as_of
    )
{% endif %}
