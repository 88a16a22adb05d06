{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

-- depends_on: {{ ref('int_erasures') }}
-- Assigns a key to each distinct identity of used rows. Keys survive a full refresh, because
-- other stored tables may still refer to them. fct_activity_daily deletes keys that are no longer
-- used.
with
{% if is_incremental() -%}
stored_keys as (
    select
        coalesce(max(stored.identity_key), 0) as last_key,
        coalesce(max(stored.run_number), 0) as run_number
    from {{ this }} as stored
),

last_run as (
    select max(activity_log.run_number) as run_number
    from {{ ref('int_activity_log') }} as activity_log
),

-- Rows of earlier runs have their keys already, unless int_activity_log was dropped: its runs are
-- then numbered from 1 again, and all rows are read.
read_from as (
    select
        stored_keys.last_key,
        case
            when stored_keys.run_number <= last_run.run_number then stored_keys.run_number
            else 0
        end as run_number
    from stored_keys
    cross join last_run
),

{% endif -%}
used_rows as (
    select
        activity_log.contact_id,
        activity_log.email,
        activity_log.anonymous_id,
        activity_log.is_automated,
        max(activity_log.run_number) as run_number
    from {{ ref('int_activity_log') }} as activity_log
    {% if is_incremental() -%}
    cross join read_from
    {% endif -%}
    where
        activity_log.row_status = 'used'
        {%- if is_incremental() %}
        and activity_log.run_number >= read_from.run_number
        {%- endif %}
    group by
        activity_log.contact_id,
        activity_log.email,
        activity_log.anonymous_id,
        activity_log.is_automated
),

new_identities as (
    select
        used_rows.*,
        {{ 'read_from.last_key' if is_incremental() else '0 as last_key' }}
    from used_rows
    {% if is_incremental() -%}
    cross join read_from
    left join {{ this }} as stored
        on
            {{ are_equal('used_rows', 'stored', identity_columns()) | indent(8) }}
    where stored.identity_key is null
    {%- endif %}
)

select
    cast(
        new_identities.last_key + row_number() over (
            order by
                {{ byte_order('new_identities.contact_id') }},
                {{ byte_order('new_identities.email') }},
                {{ byte_order('new_identities.anonymous_id') }},
                new_identities.is_automated
        ) as bigint
    ) as identity_key,
    new_identities.contact_id,
    new_identities.email,
    new_identities.anonymous_id,
    new_identities.is_automated,
    new_identities.run_number
from new_identities
