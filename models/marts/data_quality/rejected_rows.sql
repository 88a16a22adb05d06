-- Raw rows that could not be used, with the first reason.
with activity_rows as (
    select * from {{ ref('int_activities') }}
),

crm_rows as (
    select * from {{ ref('int_crm_rows_unioned') }}
),

rejected as (
    select
        activity_rows.source_table,
        activity_rows.event_id as row_id,
        activity_rows.rejected_because as reason,
        activity_rows.raw_row,
        activity_rows.row_count,
        activity_rows.loaded_at as delivered_at
    from activity_rows
    where activity_rows.row_status = 'rejected'

    union all

    select
        crm_rows.source_table,
        crm_rows.row_id,
        crm_rows.rejected_because as reason,
        crm_rows.raw_row,
        1 as row_count,
        crm_rows.delivered_at
    from crm_rows
    where crm_rows.rejected_because is not null and not crm_rows.is_erased
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
