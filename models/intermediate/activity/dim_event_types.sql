{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

-- depends_on: {{ ref('int_erasures') }}
-- Assigns a key to each distinct event type of used rows. Keys survive a full refresh, because
-- other stored tables may still refer to them. fct_activity_daily deletes keys that are no longer
-- used.
with
{% if is_incremental() -%}
stored_keys as (
    select
        coalesce(max(stored.event_type_key), 0) as last_key,
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
        {{ prefixed('activity_log', event_type_columns()) | join(',\n        ') }},
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
        {{ prefixed('activity_log', event_type_columns()) | join(',\n        ') }}
),

new_event_types as (
    select
        used_rows.*,
        {{ 'read_from.last_key' if is_incremental() else '0 as last_key' }}
    from used_rows
    {% if is_incremental() -%}
    cross join read_from
    left join {{ this }} as stored
        on
            {{ are_equal('used_rows', 'stored', event_type_columns()) | indent(8) }}
    where stored.event_type_key is null
    {%- endif %}
)

select
    cast(
        new_event_types.last_key + row_number() over (
            order by
                {%- for column in prefixed('new_event_types', ['source'] + event_columns()) %}
                {{ byte_order(column) }},
                {%- endfor %}
                new_event_types.percent_floor
        ) as bigint
    ) as event_type_key,
    {{ prefixed('new_event_types', event_type_columns()) | join(',\n    ') }},
    new_event_types.run_number
from new_event_types
