{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='occurred_on',
    post_hook=[
        "delete from {{ this }} where occurrences = 0",
        "{{ delete_unused_keys(ref('dim_identities'), 'identity_key') }}",
        "{{ record_deletion(ref('dim_identities')) }}",
        "{{ delete_unused_keys(ref('dim_event_types'), 'event_type_key') }}",
        "{{ record_deletion(ref('dim_event_types')) }}",
    ],
    **storage_layout('occurred_on', ['identity_key'])
) }}

-- Replaces whole days: those whose rows differ from the rows that were counted.

with
{% if is_incremental() -%}
row_days as (
    select
        activity_log.occurred_on,
        count(*) as occurrences,
        sum(activity_log.row_checksum) as checksum
    from {{ ref('int_activity_log') }} as activity_log
    where activity_log.row_status = 'used'
    group by activity_log.occurred_on
),

stored_days as (
    select
        stored.occurred_on,
        sum(stored.occurrences) as occurrences,
        sum(stored.checksum) as checksum
    from {{ this }} as stored
    group by stored.occurred_on
),

changed_days as (
    select coalesce(row_days.occurred_on, stored_days.occurred_on) as occurred_on
    from row_days
    full outer join stored_days on row_days.occurred_on = stored_days.occurred_on
    where
        row_days.occurrences is distinct from stored_days.occurrences
        or row_days.checksum is distinct from stored_days.checksum
),

{% endif -%}
used_rows as (
    select activity_log.*
    from {{ ref('int_activity_log') }} as activity_log
    {% if is_incremental() -%}
    inner join changed_days on activity_log.occurred_on = changed_days.occurred_on
    {% endif -%}
    where activity_log.row_status = 'used'
),

final as (
    select
        identities.identity_key,
        event_types.event_type_key,
        used_rows.occurred_on,
        cast(count(*) as bigint) as occurrences,
        cast(sum(used_rows.duration_seconds) as decimal(38, 9)) as duration_seconds,
        cast(sum(used_rows.percent_complete) as decimal(38, 9)) as percent_complete,
        cast(sum(used_rows.quantity) as decimal(38, 9)) as quantity,
        min(used_rows.occurred_at) as first_occurred_at,
        max(used_rows.occurred_at) as last_occurred_at,
        cast(sum(used_rows.row_checksum) as bigint) as checksum
    from used_rows
    inner join {{ ref('dim_identities') }} as identities
        on
            {{ are_equal('used_rows', 'identities', identity_columns()) | indent(8) }}
    inner join {{ ref('dim_event_types') }} as event_types
        on
            {{ are_equal('used_rows', 'event_types', event_type_columns()) | indent(8) }}
    group by identities.identity_key, event_types.event_type_key, used_rows.occurred_on

    {% if is_incremental() -%}
    -- A day that has lost its last fact: this placeholder deletes the day and is then deleted
    -- itself.
    union all

    select
        cast(0 as bigint) as identity_key,
        cast(0 as bigint) as event_type_key,
        changed_days.occurred_on,
        cast(0 as bigint) as occurrences,
        cast(null as decimal(38, 9)) as duration_seconds,
        cast(null as decimal(38, 9)) as percent_complete,
        cast(null as decimal(38, 9)) as quantity,
        cast(null as timestamp) as first_occurred_at,
        cast(null as timestamp) as last_occurred_at,
        cast(0 as bigint) as checksum
    from changed_days
    where changed_days.occurred_on not in (select used_rows.occurred_on from used_rows)
    {%- endif %}
)

select * from final
