{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['contact_id', 'updated_at'],
    on_schema_change='append_new_columns',
    full_refresh=false,
    post_hook="delete from {{ this }} where is_gone"
) }}

-- Every version seen. The hooks of int_erasures delete the people that this run erases.
{{ versions_seen(
    'stg_crm__contacts', 'contact_id', version_columns('contact'), may_be_erased=true
) }}
