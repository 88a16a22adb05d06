{{ config(materialized='ephemeral') }}

-- Facts of fct_activity_daily by lead_key, with their event types. Includes facts after the as-of
-- days, so models that count facts must compare days.
with activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

lead_key_identities as (
    select * from {{ ref('int_lead_key_identities') }}
),

event_types as (
    select * from {{ ref('dim_event_types') }}
)

select
    lead_key_identities.lead_key,
    activity_daily.occurred_on,
    activity_daily.occurrences,
    activity_daily.duration_seconds,
    activity_daily.percent_complete,
    activity_daily.quantity,
    activity_daily.first_occurred_at,
    activity_daily.last_occurred_at,
    activity_daily.checksum,
    event_types.event_type_key,
    event_types.source,
    {{ prefixed('event_types', event_columns()) | join(',\n    ') }},
    event_types.percent_floor
from activity_daily
inner join lead_key_identities
    on activity_daily.identity_key = lead_key_identities.identity_key
inner join event_types on activity_daily.event_type_key = event_types.event_type_key
where
    lead_key_identities.counts_from is null
    or activity_daily.occurred_on >= lead_key_identities.counts_from
