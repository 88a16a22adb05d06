{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false
) }}

-- One row: the salt that makes the hashes of erased keys specific to this database.
select {{ random_text() }} as salt
{% if is_incremental() %}
where not exists (select 1 from {{ this }})
{% endif %}
