{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='row_number',
    on_schema_change='append_new_columns',
    post_hook="delete from {{ this }} where row_status = 'gone' and run_number < (
        select max(stored.run_number) from {{ this }} as stored
    )",
    **storage_layout('loaded_on', ['source_table'])
) }}
{{ check_activity_rows_are_of_this_version() }}

-- A run reads only the batches that differ from what is stored; a batch is the rows of one raw
-- table for one day of loaded_at. Of these it writes only the rows that are not stored in the same
-- form.
{%- set days = differing_days() %}
{% if days == [] -%}
-- Nothing was delivered that is not stored already.
select
    {{ prefixed('stored', stored_activity_columns()) | join(',\n    ') }}
from {{ this }} as stored
where false
{%- else -%}
with remembered as (
    select count(*) as key_count
    from {{ ref('stg_erasure__erased_keys') }}
),

raw_batches as (
    select * from {{ ref('int_raw_batches') }}
),

{% if is_incremental() -%}
stored_batches as (
    {{ stored_batches(this) }}
),

changed_batches as (
    {{ differing_batches() }}
),
{%- else -%}
changed_batches as (
    select
        raw_batches.source_table,
        raw_batches.loaded_on
    from raw_batches
),
{%- endif %}

delivered_again as (
    select
        delivered.*,
        reading_rules.reading_rules_key,
        {{ event_word('delivered', 'remembered') }} as event_word,
        case
            when delivered.rejection_reason is null
                then {{ local_date('delivered.occurred_at') }}
        end as occurred_on,
        case
            when delivered.percent_complete < 0 then -1
            when delivered.percent_complete > 100 then 100
            else cast(floor(delivered.percent_complete) as integer)
        end as percent_floor,
        cast(1 as bigint) as row_count
    from {{ ref('int_activities_unioned') }} as delivered
    inner join changed_batches
        on
            delivered.source_table = changed_batches.source_table
            and delivered.loaded_on = changed_batches.loaded_on
    cross join {{ ref('config_reading_rules') }} as reading_rules
    cross join remembered
    where
        {{ in_differing_batches('delivered', days) }}
        {{ and_computed_once() }}
),

user_agents as (
    select distinct delivered_again.user_agent
    from delivered_again
),

-- Patterns are matched against the few distinct user agents rather than against every row.
automated_seen as (
    select distinct user_agents.user_agent
    from user_agents
    inner join {{ ref('automated_user_agents') }} as agents
        on {{ is_like('user_agents.user_agent', like_pattern('agents.user_agent_pattern')) }}
),

{% if is_incremental() -%}
touched_events as (
    select
        delivered_again.source_table,
        delivered_again.event_word
    from delivered_again

    union distinct

    select
        stored.source_table,
        {{ event_word('stored', 'remembered') }} as event_word
    from {{ this }} as stored
    inner join changed_batches
        on
            stored.source_table = changed_batches.source_table
            and stored.loaded_on = changed_batches.loaded_on
    cross join remembered
),

known_events as (
    select
        stored.*,
        {{ event_word('stored', 'remembered') }} as event_word
    from {{ this }} as stored
    cross join remembered
    where stored.row_status <> 'gone'
),

-- Stored rows of the changed batches, and other versions of their events.
stored_rows as (
    select
        known_events.*,
        changed_batches.loaded_on is not null as is_read_again
    from known_events
    left join changed_batches
        on
            known_events.source_table = changed_batches.source_table
            and known_events.loaded_on = changed_batches.loaded_on
    left join touched_events
        on
            known_events.source_table = touched_events.source_table
            and known_events.event_word = touched_events.event_word
    where
        (changed_batches.loaded_on is not null or touched_events.event_word is not null)
        {{ and_computed_once() }}
),
{%- endif %}

delivered_events as (
    select
        delivered_again.source_table,
        delivered_again.event_word
    from delivered_again

    {% if is_incremental() -%}
    union all

    select
        stored_rows.source_table,
        stored_rows.event_word
    from stored_rows
    where not stored_rows.is_read_again
    {%- endif %}
),

repeated_events as (
    select
        delivered_events.source_table,
        delivered_events.event_word
    from delivered_events
    group by delivered_events.source_table, delivered_events.event_word
    having count(*) > 1
),

versions as{{ computed_each_time() }} (
    select
        {{ prefixed('delivered_again', delivered_activity_columns()) | join(',\n        ') }},
        automated_seen.user_agent is not null as is_automated,
        delivered_again.row_count,
        delivered_again.event_word
    from delivered_again
    left join automated_seen on delivered_again.user_agent = automated_seen.user_agent

    {% if is_incremental() -%}
    union all

    select
        {{ prefixed('stored_rows', delivered_activity_columns()) | join(',\n        ') }},
        stored_rows.is_automated,
        stored_rows.row_count,
        stored_rows.event_word
    from stored_rows
    where not stored_rows.is_read_again
    {%- endif %}
),

marked_versions as{{ computed_each_time() }} (
    select
        versions.*,
        versions.event_word is null or repeated_events.event_word is not null as is_repeated
    from versions
    left join repeated_events
        on
            versions.source_table = repeated_events.source_table
            and versions.event_word = repeated_events.event_word
    where true {{ and_computed_once() }}
),

{{ judged_versions() }},

{% if is_incremental() -%}
compared as (
    select
        {{ prefixed('judged_versions', judged_version_columns()) | join(',\n        ') }},
        cast(null as bigint) as row_number
    from judged_versions

    union all

    select
        {{ prefixed('stored_rows', judged_version_columns()) | join(',\n        ') }},
        stored_rows.row_number
    from stored_rows
),

differing as (
    select
        {{ prefixed('compared', judged_version_columns()) | join(',\n        ') }},
        max(compared.row_number) as stored_row_number
    from compared
    group by
        {{ prefixed('compared', judged_version_columns()) | join(',\n        ') }}
    having count(*) = 1 {{ and_computed_once() }}
),

last_row as (
    select coalesce(max(stored.row_number), 0) as row_number
    from {{ this }} as stored
),
{%- endif %}

final as (
    select
        {{ prefixed('fresh_rows', judged_version_columns()) | join(',\n        ') }},
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
        {%- for name in judged_version_columns() %}
        {{ "'gone'" if name == 'row_status' else '0' if name == 'row_count' else
            'differing.' ~ name if name in ['source_table', 'source'] else 'null' }} as {{ name }},
        {%- endfor %}
        0 as row_checksum,
        differing.stored_row_number as row_number
    from differing
    where differing.stored_row_number is not null
    {%- else -%}
    from judged_versions as fresh_rows
    {%- endif %}
)

select
    final.*,
    cast({{ next_run_number() }} as bigint) as run_number
from final
{%- endif %}
