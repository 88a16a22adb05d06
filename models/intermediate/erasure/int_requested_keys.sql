-- Keys of all people who requested erasure, as if nobody had been erased yet.
{{ keys_of_requests('int_contact_keys') }}

select
    keys.key_hash,
    keys.requested_at
from keys
group by keys.key_hash, keys.requested_at
