-- Key derived from the contacts that have merged into each lead.
with contact_merges as (
    select * from {{ ref('int_contact_merges') }}
)

select
    contact_merges.as_of,
    contact_merges.survivor_contact_id as lead_id,
    cast(sum({{ key_checksum(hash_key(['contact_merges.contact_id'])) }}) as bigint)
        as people_key
from contact_merges
group by contact_merges.as_of, contact_merges.survivor_contact_id
