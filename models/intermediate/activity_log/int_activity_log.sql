{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='row_number',
    on_schema_change='append_new_columns',
    meta={'raw_rows_are_compared_in': 'int_raw_batches'},
    post_hook="delete from {{ this }} where row_status = 'gone' and run_number < (
        select max(stored.run_number) from {{ this }} as stored
    )",
    **storage_layout('loaded_on', ['source_table'])
) }}

-- A run reads only batches that differ from the stored rows; a batch is the rows of one raw table
-- for one day of loaded_at. It writes only rows that are not stored in the same form.
{%- set days = changed_days() %}
{% if days == [] -%}
-- No batch has changed.
select
    {{ prefixed('stored', stored_activity_columns()) | join(',\n    ') }}
from {{ this }} as stored
where false
{%- else -%}
with erased_keys as (
    select count(*) as key_count
    from {{ ref('stg_erasure__erased_keys') }}
),

changed_batches as (
    {% if is_incremental() -%}
    {{ changed_batches(ref('int_raw_batches'), this) | indent(4) }}
    {%- else -%}
    select
        raw_batches.source_table,
        raw_batches.loaded_on
    from {{ ref('int_raw_batches') }} as raw_batches
    {%- endif %}
),

delivered_rows as (
    select
        delivered.*,
        reading_rules.reading_rules_key,
        {{ event_key('delivered', 'erased_keys') }} as event_key,
        cast(1 as bigint) as row_count
    from {{ ref('int_activities_unioned') }} as delivered
    inner join changed_batches
        on
            delivered.source_table = changed_batches.source_table
            and delivered.loaded_on = changed_batches.loaded_on
    cross join {{ ref('config_reading_rules') }} as reading_rules
    cross join erased_keys
    where {{ in_changed_days('delivered', days) }} {{ and_computed_once() }}
),

-- Patterns are matched against the few distinct user agents rather than against every row.
automated_agents as (
    select distinct user_agents.user_agent
    from (select distinct delivered_rows.user_agent from delivered_rows) as user_agents
    inner join {{ ref('automated_user_agents') }} as agents
        on {{ is_like('user_agents.user_agent', like_pattern('agents.user_agent_pattern')) }}
),

{% if is_incremental() -%}
touched_events as (
    select
        delivered_rows.source_table,
        delivered_rows.event_key
    from delivered_rows

    union distinct

    select
        stored.source_table,
        {{ event_key('stored', 'erased_keys') }} as event_key
    from {{ this }} as stored
    inner join changed_batches
        on
            stored.source_table = changed_batches.source_table
            and stored.loaded_on = changed_batches.loaded_on
    cross join erased_keys
),

stored_versions as (
    select
        stored.*,
        {{ event_key('stored', 'erased_keys') }} as event_key
    from {{ this }} as stored
    cross join erased_keys
    where stored.row_status <> 'gone'
),

-- Stored rows of the changed batches, and other versions of their events.
stored_rows as (
    select
        stored_versions.*,
        changed_batches.loaded_on is not null as is_read_again
    from stored_versions
    left join changed_batches
        on
            stored_versions.source_table = changed_batches.source_table
            and stored_versions.loaded_on = changed_batches.loaded_on
    left join touched_events
        on
            stored_versions.source_table = touched_events.source_table
            and stored_versions.event_key = touched_events.event_key
    where
        (changed_batches.loaded_on is not null or touched_events.event_key is not null)
        {{ and_computed_once() }}
),
{%- endif %}

repeated_events as (
    select
        events.source_table,
        events.event_key
    from (
        select
            delivered_rows.source_table,
            delivered_rows.event_key
        from delivered_rows

        {% if is_incremental() -%}
        union all

        select
            stored_rows.source_table,
            stored_rows.event_key
        from stored_rows
        where not stored_rows.is_read_again
        {%- endif %}
    ) as events
    group by events.source_table, events.event_key
    having count(*) > 1
),

versions as{{ computed_each_time() }} (
    select
        {{ prefixed('delivered_rows', delivered_activity_columns()) | join(',\n        ') }},
        automated_agents.user_agent is not null as is_automated,
        delivered_rows.row_count,
        delivered_rows.event_key,
        delivered_rows.event_key is null or repeated_events.event_key is not null as is_repeated
    from delivered_rows
    left join automated_agents on delivered_rows.user_agent = automated_agents.user_agent
    left join repeated_events
        on
            delivered_rows.source_table = repeated_events.source_table
            and delivered_rows.event_key = repeated_events.event_key
    where true {{ and_computed_once() }}

    {% if is_incremental() -%}
    union all

    select
        {{ prefixed('stored_rows', delivered_activity_columns()) | join(',\n        ') }},
        stored_rows.is_automated,
        stored_rows.row_count,
        stored_rows.event_key,
        stored_rows.event_key is null or repeated_events.event_key is not null as is_repeated
    from stored_rows
    left join repeated_events
        on
            stored_rows.source_table = repeated_events.source_table
            and stored_rows.event_key = repeated_events.event_key
    where not stored_rows.is_read_again {{ and_computed_once() }}
    {%- endif %}
),

counted_versions as (
    select
        {{ prefixed('versions', activity_row_columns()) | join(',\n        ') }},
        versions.event_key,
        sum(versions.row_count) as row_count
    from versions
    where versions.is_repeated
    group by
        {{ prefixed('versions', activity_row_columns()) | join(',\n        ') }},
        versions.event_key
),

-- Content breaks ties of loaded_at, so that the order of reading does not matter.
ranked_versions as (
    select
        {{ prefixed('versions', activity_row_columns()) | join(',\n        ') }},
        versions.row_count,
        1 as version_rank
    from versions
    where not versions.is_repeated

    union all

    select
        {{ prefixed('counted_versions', activity_row_columns()) | join(',\n        ') }},
        cast(counted_versions.row_count as bigint) as row_count,
        row_number() over (
            partition by counted_versions.source_table, counted_versions.event_key
            order by
                case when counted_versions.rejection_reason is null then 0 else 1 end asc,
                counted_versions.loaded_at desc,
                {{ content_order('counted_versions') }}
        ) as version_rank
    from counted_versions
),

versions_with_status as (
    select
        ranked_versions.*,
        case
            when ranked_versions.erased_until is not null then 'erased'
            when ranked_versions.rejection_reason is not null then 'rejected'
            when ranked_versions.version_rank = 1 then 'used'
            else 'superseded'
        end as row_status
    from ranked_versions
),

{% if is_incremental() -%}
compared as (
    select
        {{ prefixed('versions_with_status', activity_version_columns()) | join(',\n        ') }},
        cast(null as bigint) as row_number
    from versions_with_status

    union all

    select
        {{ prefixed('stored_rows', activity_version_columns()) | join(',\n        ') }},
        stored_rows.row_number
    from stored_rows
),

differing as (
    select
        {{ prefixed('compared', activity_version_columns()) | join(',\n        ') }},
        max(compared.row_number) as stored_row_number
    from compared
    group by
        {{ prefixed('compared', activity_version_columns()) | join(',\n        ') }}
    having count(*) = 1 {{ and_computed_once() }}
),

last_row as (
    select coalesce(max(stored.row_number), 0) as row_number
    from {{ this }} as stored
),
{%- endif %}

final as (
    select
        {{ prefixed('fresh_rows', activity_version_columns()) | join(',\n        ') }},
        {{ change_checksum(prefixed('fresh_rows', activity_content_columns())) }} as row_checksum,
        {{ 'last_row.row_number + ' if is_incremental() }}{{ any_number() }} as row_number
    {% if is_incremental() -%}
    from differing as fresh_rows
    cross join last_row
    where fresh_rows.stored_row_number is null

    -- Stored rows that were not delivered again in the same form: deleted by row_number. Their
    -- placeholders are deleted by a later run, so that run numbers keep rising.
    union all

    select
        {%- for name in activity_version_columns() %}
        {{ "'gone'" if name == 'row_status' else '0' if name == 'row_count' else
            'differing.' ~ name if name in ['source_table', 'source'] else 'null' }} as {{ name }},
        {%- endfor %}
        0 as row_checksum,
        differing.stored_row_number as row_number
    from differing
    where differing.stored_row_number is not null
    {%- else -%}
    from versions_with_status as fresh_rows
    {%- endif %}
)

select
    final.*,
    cast({{ next_run_number() }} as bigint) as run_number
from final
{%- endif %}
