{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="delete from {{ this }} where identity_key not in (
        select used_rows.identity_key
        from {{ ref('kept_activity_rows') }} as used_rows
        where used_rows.row_status = 'used'
    )"
) }}

with activity_rows as (
    select * from {{ ref('kept_activity_rows') }}
),

new_identities as (
    select distinct
        activity_rows.identity_key,
        activity_rows.contact_id,
        activity_rows.email,
        activity_rows.anonymous_id,
        activity_rows.is_automated
    from activity_rows
    {% if is_incremental() %}
    where
        activity_rows.row_status = 'used'
        and activity_rows.identity_key not in (select stored.identity_key from {{ this }} as stored)
    {% else %}
    where activity_rows.row_status = 'used'
    {% endif %}
)

select * from new_identities
