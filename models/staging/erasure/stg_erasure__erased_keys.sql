{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'is_written_elsewhere': true}
) }}

-- Keys of erased people. This model creates the table; the hooks of int_erasures fill it, in the
-- same transaction that deletes the person's rows.
select
    cast(null as {{ dbt.type_string() }}) as key_hash,
    cast(null as timestamp) as erased_until
from {{ ref('stg_erasure__salt') }}
where false
