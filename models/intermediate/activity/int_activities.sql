{{ config(materialized='ephemeral') }}

-- depends_on: {{ ref('int_erasures') }}
-- Rows of int_activity_log with their identity keys, after the people whom this run erases have
-- been deleted. A row that is automated by its signs has none, so it counts for nobody.
with stored as (
    select * from {{ ref('int_activity_log') }}
),

identities as (
    select * from {{ ref('dim_identities') }}
),

automated_events as (
    select
        'email_events' as source_table,
        signs.event_id
    from {{ ref('int_automated_signs') }} as signs
    where
        signs.sign_count >= {{ var('automated_signs') }}
        and {{ 'false' if var('score_automated') else 'true' }}
)

select
    {{ prefixed('stored', stored_activity_columns()) | join(',\n    ') }},
    case when automated_events.event_id is null then identities.identity_key end as identity_key
from stored
left join identities
    on
        {{ are_equal('stored', 'identities', identity_columns()) }}
left join automated_events
    on
        stored.source_table = automated_events.source_table
        and stored.event_id = automated_events.event_id
        and stored.row_status = 'used'
where stored.row_status <> 'gone'
