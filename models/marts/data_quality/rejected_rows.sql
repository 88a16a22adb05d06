-- Raw rows that could not be used, with the first reason.
with activities as (
    select * from {{ ref('int_activities') }}
),

crm_rows_unioned as (
    select * from {{ ref('int_crm_rows_unioned') }}
),

rejected as (
    select
        activities.source_table,
        activities.event_id as row_id,
        activities.rejection_reason as reason,
        activities.raw_row,
        activities.row_count,
        activities.loaded_at as delivered_at
    from activities
    where activities.row_status = 'rejected'

    union all

    select
        crm_rows_unioned.source_table,
        crm_rows_unioned.row_id,
        crm_rows_unioned.rejection_reason as reason,
        crm_rows_unioned.raw_row,
        1 as row_count,
        crm_rows_unioned.delivered_at
    from crm_rows_unioned
    where crm_rows_unioned.rejection_reason is not null and not crm_rows_unioned.is_erased
),

keyed as (
    select
        rejected.*,
        coalesce(
            rejected.row_id,
            concat('row ', cast({{ hash_key(['rejected.raw_row']) }} as {{ dbt.type_string() }}))
        ) as row_key
    from rejected
)

select
    cast(keyed.source_table as {{ dbt.type_string() }}) as source_table,
    cast(keyed.row_key as {{ dbt.type_string() }}) as row_key,
    cast(keyed.reason as {{ dbt.type_string() }}) as reason,
    cast({{ first_text('keyed.raw_row') }} as {{ dbt.type_string() }}) as raw_row,
    cast(sum(keyed.row_count) as bigint) as row_count,
    min(keyed.delivered_at) as first_seen_at
from keyed
group by keyed.source_table, keyed.row_key, keyed.reason
