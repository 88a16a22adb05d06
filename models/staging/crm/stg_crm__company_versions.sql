{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['company_id', 'updated_at'],
    on_schema_change='append_new_columns',
    full_refresh=false,
    post_hook="delete from {{ this }} where is_gone"
) }}

{{ versions_seen('stg_crm__companies', 'company_id', version_columns('company')) }}
