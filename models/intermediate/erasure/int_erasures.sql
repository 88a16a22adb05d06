{{ config(
    post_hook=[
        "{{ insert_stubs_of_erased_rows(this) }}",
        "{{ insert_rows_without_email(this) }}",
        "{{ delete_erased_rows(this) }}",
        "{{ forget_rows_that_may_name_others(this) }}",
        "{{ remember_erased_keys(this) }}",
        "{{ delete_outlived_keys(this) }}",
        "{{ delete_erased_contacts(this) }}",
        "{{ forget_names_in_other_contacts(this) }}",
        "{{ delete_erased_deals(this) }}",
        "{{ forget_contacts_of_deals(this) }}",
        "{{ forget_builds(
            [
                'int_activity_log', 'stg_erasure__erased_keys', 'stg_crm__contact_versions',
                'stg_crm__deal_versions',
            ],
            'exists (select 1 from ' ~ this ~ ')'
        ) }}",
    ]
) }}

-- Actions with which this run erases people: keys to remember and stored activity rows to delete.
-- The hooks carry them out; on DuckDB and PostgreSQL in the transaction that creates this table, so
-- a killed run has erased everything or nothing, and the next run finds the same actions again.
with keys_to_erase as (
    select * from {{ ref('int_keys_to_erase') }}
),

named_rows as (
    select * from {{ ref('int_named_rows_to_erase') }}
),

erased_keys as (
    select * from {{ ref('stg_erasure__erased_keys') }}
),

-- Rows that were erased when they were read: only the latest version shows whose device it was.
erased_rows as (
    select
        stored.source_table,
        stored.event_id as event_key,
        stored.loaded_at,
        stored.device_hash,
        stored.erased_until
    from {{ ref('int_activity_log') }} as stored
    left join erased_keys
        on
            stored.device_hash = erased_keys.key_hash
            and stored.erased_until <= erased_keys.erased_until
    where
        stored.device_hash is not null
        and stored.rejection_reason is null
        and erased_keys.key_hash is null
),

erased_row_count as (
    select count(*) as key_count
    from erased_rows
),

latest_versions as (
    select
        event_versions.source_table,
        event_versions.event_key,
        max(event_versions.loaded_at) as loaded_at
    from (
        select
            stored.source_table,
            stored.loaded_at,
            {{ event_key('stored', 'erased_row_count') }} as event_key
        from {{ ref('int_activity_log') }} as stored
        cross join erased_row_count
        where
            erased_row_count.key_count > 0
            and stored.rejection_reason is null
            and stored.row_status <> 'gone'
    ) as event_versions
    group by event_versions.source_table, event_versions.event_key
),

late_devices as (
    select
        erased_rows.device_hash,
        erased_rows.erased_until
    from erased_rows
    inner join latest_versions
        on
            erased_rows.source_table = latest_versions.source_table
            and erased_rows.event_key = latest_versions.event_key
            and erased_rows.loaded_at = latest_versions.loaded_at
),

devices as (
    select
        late_devices.device_hash,
        late_devices.erased_until
    from late_devices

    union all

    select
        named_rows.device_hash,
        named_rows.erased_until
    from named_rows
    where named_rows.device_hash is not null
),

latest_devices as (
    select
        devices.device_hash as key_hash,
        max(devices.erased_until) as erased_until
    from devices
    group by devices.device_hash
),

device_count as (
    select count(*) as key_count
    from latest_devices
),

-- Hashed before the join, because not every engine accepts the salt query in a join condition.
unnamed_rows as (
    select
        stored.row_number,
        stored.occurred_at,
        {{ salted_hash('anonymous_id', 'stored.anonymous_id') }} as device_hash
    from {{ ref('int_activity_log') }} as stored
    cross join device_count
    where
        device_count.key_count > 0
        and stored.contact_id is null
        and stored.email is null
),

nameless_rows as (
    select
        unnamed_rows.row_number,
        latest_devices.erased_until
    from unnamed_rows
    inner join latest_devices on unnamed_rows.device_hash = latest_devices.key_hash
    where {{ erased_by('latest_devices', 'unnamed_rows.occurred_at') }}
),

rows_to_erase as (
    select
        named_rows.row_number,
        named_rows.erased_until,
        case when named_rows.is_email_only then 'forget_email' else 'erase' end as action
    from named_rows

    union all

    select
        nameless_rows.row_number,
        nameless_rows.erased_until,
        'erase' as action
    from nameless_rows
)

select
    'remember' as action,
    keys_to_erase.key_hash,
    cast(null as bigint) as row_number,
    keys_to_erase.erased_until
from keys_to_erase

union all

select
    'remember' as action,
    latest_devices.key_hash,
    cast(null as bigint) as row_number,
    latest_devices.erased_until
from latest_devices

union all

select
    rows_to_erase.action,
    cast(null as {{ dbt.type_string() }}) as key_hash,
    rows_to_erase.row_number,
    rows_to_erase.erased_until
from rows_to_erase
