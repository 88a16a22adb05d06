-- The contact that each known contact has become through merges: the end of the merge chain, or the
-- smallest contact_id if the chain is a cycle.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

-- A merge into the contact itself or into an unknown contact is ignored.
known_merges as (
    select
        contacts.as_of as known_at,
        contacts.contact_id as contact,
        contacts.merged_into_contact_id as merged_into
    from contacts
    inner join contacts as targets
        on
            contacts.as_of = targets.as_of
            and contacts.merged_into_contact_id = targets.contact_id
    where contacts.merged_into_contact_id <> contacts.contact_id
),

{{ merge_ends('known_merges') }}

select
    contacts.as_of,
    contacts.contact_id,
    coalesce(merge_ends.survivor, contacts.contact_id) as survivor_contact_id
from contacts
left join merge_ends
    on
        contacts.as_of = merge_ends.known_at
        and contacts.contact_id = merge_ends.contact
