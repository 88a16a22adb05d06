{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={
        'is_written_elsewhere': true,
        'compares_other_days': ['as_of', 'lead_id', 'fit_basis', 'engagement_basis'],
    },
    on_schema_change='append_new_columns'
) }}

-- What the points of each lead on the last three published days depended on. This model creates the
-- table; the hooks of int_published_points fill it along with those points.
select
    cast(null as date) as as_of,
    cast(null as {{ dbt.type_string() }}) as lead_id,
    cast(null as bigint) as fit_basis,
    cast(null as bigint) as engagement_basis
from (select 1 as one_row) as no_lead
where false
