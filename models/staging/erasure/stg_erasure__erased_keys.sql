{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'is_written_elsewhere': true}
) }}

-- What is remembered of erased people. This model makes the table; the hooks of the model erasures
-- fill it, in the same transaction that takes the rows of the person away.
select
    cast(null as {{ dbt.type_string() }}) as key_hash,
    cast(null as timestamp) as erased_until
from {{ ref('stg_erasure__salt') }}
where false
