{{ config(materialized='view') }}

-- What was known about each contact before it was erased: the contact ends with its first request.
-- A contact created later is a new person.
with contact_keys as (
    select * from {{ ref('int_contact_keys') }}
),

first_requests as (
    select
        requested_keys.key_hash as contact_hash,
        min(requested_keys.requested_at) as requested_at
    from {{ ref('int_requested_keys') }} as requested_keys
    group by requested_keys.key_hash
)

select
    contact_keys.contact_hash,
    contact_keys.email_hashes,
    contact_keys.merge_target_hash,
    contact_keys.listed_hashes,
    contact_keys.contact_order,
    contact_keys.created_at,
    contact_keys.updated_at,
    contact_keys.deleted_at,
    contact_keys.starts_at,
    contact_keys.erased_until,
    case
        when
            contact_keys.created_at <= first_requests.requested_at
            and contact_keys.ends_at > first_requests.requested_at
            then {{ next_microsecond('first_requests.requested_at') }}
        else contact_keys.ends_at
    end as ends_at
from contact_keys
left join first_requests on contact_keys.contact_hash = first_requests.contact_hash
