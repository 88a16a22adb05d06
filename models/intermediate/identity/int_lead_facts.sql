{{ config(materialized='ephemeral') }}

-- Facts of fct_activity_daily by lead_key, with their event types. Includes facts after the as-of
-- days, so models that count facts must compare days.
with fact_ledger as (
    select * from {{ ref('fct_activity_daily') }}
),

lead_key_identities as (
    select * from {{ ref('int_lead_key_identities') }}
),

event_kinds as (
    select * from {{ ref('dim_event_types') }}
)

select
    lead_key_identities.lead_key,
    fact_ledger.occurred_on,
    fact_ledger.occurrences,
    fact_ledger.duration_seconds,
    fact_ledger.percent_complete,
    fact_ledger.quantity,
    fact_ledger.first_occurred_at,
    fact_ledger.last_occurred_at,
    fact_ledger.checksum,
    event_kinds.kind_key,
    event_kinds.source,
    {{ prefixed('event_kinds', kind_columns()) | join(',\n    ') }},
    event_kinds.percent_floor
from fact_ledger
inner join lead_key_identities
    on fact_ledger.identity_key = lead_key_identities.identity_key
inner join event_kinds on fact_ledger.kind_key = event_kinds.kind_key
where
    lead_key_identities.counts_from is null
    or fact_ledger.occurred_on >= lead_key_identities.counts_from
