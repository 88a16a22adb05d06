{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="delete from {{ this }} where kind_key not in (
        select used_rows.kind_key
        from {{ ref('kept_activity_rows') }} as used_rows
        where used_rows.row_status = 'used'
    )"
) }}

with activity_rows as (
    select * from {{ ref('kept_activity_rows') }}
),

new_kinds as (
    select distinct
        activity_rows.kind_key,
        activity_rows.source,
        {{ prefixed('activity_rows', kind_columns()) | join(',\n        ') }},
        activity_rows.percent_floor
    from activity_rows
    {% if is_incremental() %}
    where
        activity_rows.row_status = 'used'
        and activity_rows.kind_key not in (select stored.kind_key from {{ this }} as stored)
    {% else %}
    where activity_rows.row_status = 'used'
    {% endif %}
)

select * from new_kinds
