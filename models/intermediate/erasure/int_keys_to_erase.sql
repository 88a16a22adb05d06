-- Contact ids and addresses to erase, as hashes, unless they are remembered already. A person who
-- requests erasure again has a later time.
with requested_keys as (
    select * from {{ ref('int_requested_keys') }}
),

erased_keys as (
    select * from {{ ref('stg_erasure__erased_keys') }}
),

latest_keys as (
    select
        requested_keys.key_hash,
        max(requested_keys.requested_at) as erased_until
    from requested_keys
    group by requested_keys.key_hash
)

select
    latest_keys.key_hash,
    latest_keys.erased_until
from latest_keys
left join erased_keys on latest_keys.key_hash = erased_keys.key_hash
where
    erased_keys.erased_until is null
    or erased_keys.erased_until < latest_keys.erased_until
