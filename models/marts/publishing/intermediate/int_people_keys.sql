-- Key derived from the contacts that have merged into each lead.
with contact_survivors as (
    select * from {{ ref('int_contact_merges') }}
)

select
    contact_survivors.as_of,
    contact_survivors.survivor_contact_id as lead_id,
    cast(sum({{ key_checksum(hash_key(['contact_survivors.contact_id'])) }}) as bigint)
        as people_key
from contact_survivors
group by contact_survivors.as_of, contact_survivors.survivor_contact_id
