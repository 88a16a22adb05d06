-- The keys of the people who asked to be erased, as if nobody had been erased before.
{{ keys_of_requests('int_contact_keys') }}

select
    keys.key_hash,
    keys.requested_at
from keys
group by keys.key_hash, keys.requested_at
