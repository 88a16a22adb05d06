-- Identities that each lead_key covers, read from one of its days.
with lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

lead_identities as (
    select * from {{ ref('int_lead_identities') }}
),

first_days as (
    select
        lead_keys.lead_key,
        lead_keys.lead_id,
        min(lead_keys.as_of) as as_of
    from lead_keys
    group by lead_keys.lead_key, lead_keys.lead_id
)

select
    first_days.lead_key,
    lead_identities.identity_key,
    lead_identities.counts_from
from first_days
inner join lead_identities
    on
        first_days.as_of = lead_identities.as_of
        and first_days.lead_id = lead_identities.lead_id
