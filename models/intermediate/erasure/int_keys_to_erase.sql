-- Hashed contact ids and addresses to erase that are not remembered yet. A person who requests
-- erasure again may be known by a contact that was created after the first request.
{{ keys_of_requests('int_contact_keys_retained') }},

requested_keys as (
    select * from {{ ref('int_requested_keys') }}
),

erased_keys as (
    select * from {{ ref('stg_erasure__erased_keys') }}
),

all_keys as (
    select
        keys.key_hash,
        keys.requested_at
    from keys

    union all

    select
        requested_keys.key_hash,
        requested_keys.requested_at
    from requested_keys
),

latest_keys as (
    select
        all_keys.key_hash,
        max(all_keys.requested_at) as erased_until
    from all_keys
    group by all_keys.key_hash
)

select
    latest_keys.key_hash,
    latest_keys.erased_until
from latest_keys
left join erased_keys on latest_keys.key_hash = erased_keys.key_hash
where
    erased_keys.erased_until is null
    or erased_keys.erased_until < latest_keys.erased_until
