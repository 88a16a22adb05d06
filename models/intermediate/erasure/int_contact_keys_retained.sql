{{ config(materialized='view') }}

-- What was known about each contact before it was erased: the contact ends with its first request.
-- A contact created later is a new person.
with contact_knowledge as (
    select * from {{ ref('int_contact_keys') }}
),

first_requests as (
    select
        keys_asked_for.key_hash as contact_hash,
        min(keys_asked_for.requested_at) as requested_at
    from {{ ref('int_requested_keys') }} as keys_asked_for
    group by keys_asked_for.key_hash
)

select
    contact_knowledge.contact_hash,
    contact_knowledge.email_hash,
    contact_knowledge.merge_target_hash,
    contact_knowledge.contact_order,
    contact_knowledge.created_at,
    contact_knowledge.updated_at,
    contact_knowledge.starts_at,
    contact_knowledge.erased_until,
    case
        when
            contact_knowledge.created_at <= first_requests.requested_at
            and contact_knowledge.ends_at > first_requests.requested_at
            then {{ next_microsecond('first_requests.requested_at') }}
        else contact_knowledge.ends_at
    end as ends_at
from contact_knowledge
left join first_requests on contact_knowledge.contact_hash = first_requests.contact_hash
