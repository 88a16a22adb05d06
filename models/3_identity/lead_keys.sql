-- One key for a lead with the very same identities, on however many days: what is counted once by
-- this key serves all of them.
with lead_identities as (
    select * from {{ ref('lead_identities') }}
),

summed as (
    select
        lead_identities.as_of,
        lead_identities.lead_id,
        -- A sum does not depend on the order.
        sum(cast(
            case
                when lead_identities.counts_from is null then lead_identities.identity_key
                else {{ hash_key(['lead_identities.identity_key', 'lead_identities.counts_from']) }}
            end as decimal(29, 0)
        )) as identities_checksum
    from lead_identities
    group by lead_identities.as_of, lead_identities.lead_id
)

select
    summed.as_of,
    summed.lead_id,
    {{ hash_key(['summed.lead_id', 'summed.identities_checksum']) }} as lead_key
from summed
