-- Which contact each known contact has become by merges: the end of its chain, in a cycle the
-- smallest contact_id of the cycle.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

-- A merge into oneself or into a contact that is not known is none.
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
