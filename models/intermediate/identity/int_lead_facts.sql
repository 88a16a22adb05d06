{{ config(materialized='ephemeral') }}

-- Facts of fct_activity_daily by lead_key, with their event types, without occurrences that are
-- automated by their signs. Includes facts after the as-of days, so models that count facts must
-- compare days.
with activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

-- Empty if automated activity scores.
automated_activity as (
    select * from {{ ref('int_automated_activity_daily') }}
    {% if var('score_automated') -%}
    where false
    {%- endif %}
),

lead_key_identities as (
    select * from {{ ref('int_lead_key_identities') }}
),

event_types as (
    select * from {{ ref('dim_event_types') }}
)

select
    lead_key_identities.lead_key,
    lead_key_identities.identity_key,
    activity_daily.occurred_on,
    activity_daily.occurrences
    - coalesce(automated_activity.automated_occurrences, 0) as occurrences,
    activity_daily.duration_seconds,
    activity_daily.percent_complete,
    activity_daily.quantity,
    coalesce(automated_activity.first_occurred_at, activity_daily.first_occurred_at)
        as first_occurred_at,
    coalesce(automated_activity.last_occurred_at, activity_daily.last_occurred_at)
        as last_occurred_at,
    event_types.event_type_key,
    event_types.source,
    {{ prefixed('event_types', event_columns()) | join(',\n    ') }},
    event_types.percent_floor
from activity_daily
inner join lead_key_identities
    on activity_daily.identity_key = lead_key_identities.identity_key
inner join event_types on activity_daily.event_type_key = event_types.event_type_key
left join automated_activity
    on
        activity_daily.identity_key = automated_activity.identity_key
        and activity_daily.event_type_key = automated_activity.event_type_key
        and activity_daily.occurred_on = automated_activity.occurred_on
where
    (
        lead_key_identities.counts_from is null
        or activity_daily.occurred_on >= lead_key_identities.counts_from
    )
    and activity_daily.occurrences > coalesce(automated_activity.automated_occurrences, 0)
