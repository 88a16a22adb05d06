-- One key for a lead with identical identities, on any number of days: activity counted once by
-- this key serves all of these days. Keys and numbers are valid for this run only.
with lead_identities as (
    select * from {{ ref('int_lead_identities') }}
),

identity_sets as (
    select
        lead_identities.as_of,
        lead_identities.lead_id,
        lead_identities.lead_number,
        -- A sum does not depend on the order of rows.
        sum(cast(
            {{ hash_key(['lead_identities.identity_key', 'lead_identities.counts_from']) }}
            as decimal(29, 0)
        )) as identities_checksum
    from lead_identities
    group by lead_identities.as_of, lead_identities.lead_id, lead_identities.lead_number
),

numbered_sets as (
    select
        distinct_sets.lead_number,
        distinct_sets.identities_checksum,
        cast(row_number() over (
            order by distinct_sets.lead_number, distinct_sets.identities_checksum
        ) as integer) as lead_key
    from (
        select distinct
            identity_sets.lead_number,
            identity_sets.identities_checksum
        from identity_sets
    ) as distinct_sets
)

select
    identity_sets.as_of,
    identity_sets.lead_id,
    identity_sets.lead_number,
    numbered_sets.lead_key
from identity_sets
inner join numbered_sets
    on
        identity_sets.lead_number = numbered_sets.lead_number
        and identity_sets.identities_checksum = numbered_sets.identities_checksum
