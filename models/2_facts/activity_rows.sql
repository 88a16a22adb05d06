{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='row_key',
    on_schema_change='append_new_columns',
    post_hook="delete from {{ this }} where row_status = 'gone'",
    **storage_layout('loaded_on', ['event_key'])
) }}

-- A run reads again the batches (what one raw table holds for one day of loaded_at) that are not
-- what is stored, and nothing else. Large relations are named where they are read: a CTE that is
-- read twice would be computed whole.

with automated_user_agents as (
    select
        {{ like_pattern('agents.user_agent_pattern') }} as user_agent_pattern
    from {{ ref('automated_user_agents') }} as agents
),

reading_rules as (
    select * from {{ ref('reading_rules') }}
),

raw_batches as (
    {{ batches_of('delivered', '1', 'reading_rules.reading_rules_key') }}
    from {{ ref('delivery_times') }} as delivered
    cross join reading_rules
    group by delivered.source_table, delivered.loaded_on
),

{% if is_incremental() %}
stored_batches as (
    {{ batches_of('stored', 'stored.row_count', 'stored.reading_rules_key') }}
    from {{ this }} as stored
    group by stored.source_table, stored.loaded_on
),

changed_batches as (
    {{ differing_batches() }}
),
{% else %}
changed_batches as (
    select
        raw_batches.source_table,
        raw_batches.loaded_on
    from raw_batches
),
{% endif %}

delivered_again as (
    select delivered.*
    from {{ ref('delivered_activities') }} as delivered
    inner join changed_batches
        on
            delivered.source_table = changed_batches.source_table
            and delivered.loaded_on = changed_batches.loaded_on
    where {{ in_differing_batches('delivered') }}
),

user_agents as (
    select distinct delivered_again.user_agent
    from delivered_again
),

-- Patterns are matched to the few distinct user agents, not to rows.
automated_seen as (
    select distinct user_agents.user_agent
    from user_agents
    inner join automated_user_agents
        on {{ is_like('user_agents.user_agent', 'automated_user_agents.user_agent_pattern') }}
),

batch_rows as (
    select
        delivered_again.*,
        reading_rules.reading_rules_key,
        case
            when delivered_again.rejected_because is null
                then {{ local_date('delivered_again.occurred_at') }}
        end as occurred_on,
        case
            when delivered_again.percent_complete < 0 then -1
            when delivered_again.percent_complete > 100 then 100
            else cast(floor(delivered_again.percent_complete) as integer)
        end as percent_floor,
        automated_seen.user_agent is not null as is_automated
    from delivered_again
    left join automated_seen on delivered_again.user_agent = automated_seen.user_agent
    cross join reading_rules
),

keyed_rows as (
    select
        batch_rows.*,
        {{ activity_identity_key('batch_rows') }} as identity_key,
        {{ hash_key(['batch_rows.source'] + prefixed('batch_rows', kind_columns())
            + ['batch_rows.percent_floor']) }} as kind_key
    from batch_rows
),

content_keyed_rows as (
    select
        keyed_rows.*,
        {{ activity_row_key('keyed_rows') }} as row_key
    from keyed_rows
),

-- Repeats of a row, equal in all that is read of it, are one row with a count.
read_rows as (
    select
        content_keyed_rows.*,
        count(*) over (partition by content_keyed_rows.row_key) as row_count,
        row_number() over (
            partition by content_keyed_rows.row_key
            order by {{ byte_order('content_keyed_rows.raw_row') }}, content_keyed_rows.device_hash
        ) as repeat_number
    from content_keyed_rows
),

fresh_rows as (
    select
        {{ activity_row_columns('read_rows') }},
        case when read_rows.rejected_because is not null then read_rows.raw_row end as raw_row
    from read_rows
    where read_rows.repeat_number = 1
),

{% if is_incremental() %}
-- Other versions of the same events, stored from batches that did not change.
kept_rows as (
    select
        {{ activity_row_columns('stored') }},
        stored.raw_row
    from {{ this }} as stored
    where
        stored.event_key in (
            select fresh_rows.event_key from fresh_rows
            union all
            select changed_rows.event_key
            from {{ this }} as changed_rows
            inner join changed_batches
                on
                    changed_rows.source_table = changed_batches.source_table
                    and changed_rows.loaded_on = changed_batches.loaded_on
        )
        and not exists (
            select 1
            from changed_batches
            where
                stored.source_table = changed_batches.source_table
                and stored.loaded_on = changed_batches.loaded_on
        )
),

versions as (
    select * from fresh_rows
    union all
    select * from kept_rows
),
{% else %}
versions as (
    select * from fresh_rows
),
{% endif %}

ranked_versions as (
    select
        versions.*,
        row_number() over (
            partition by versions.event_key
            order by
                case when versions.rejected_because is null then 0 else 1 end asc,
                versions.loaded_at desc,
                versions.row_key asc
        ) as version_rank
    from versions
),

final as (
    select
        {{ activity_row_columns('ranked_versions') }},
        ranked_versions.raw_row,
        case
            when ranked_versions.erased_until is not null then 'erased'
            when ranked_versions.rejected_because is not null then 'rejected'
            when ranked_versions.version_rank = 1 then 'used'
            else 'superseded'
        end as row_status
    from ranked_versions

    {% if is_incremental() %}
    -- Stored rows that their raw table no longer holds: deleted by row_key, then swept.
    union all

    select
        {{ activity_row_columns('stored') }},
        stored.raw_row,
        'gone' as row_status
    from {{ this }} as stored
    inner join changed_batches
        on
            stored.source_table = changed_batches.source_table
            and stored.loaded_on = changed_batches.loaded_on
    where stored.row_key not in (select versions.row_key from versions)
    {% endif %}
)

select * from final
