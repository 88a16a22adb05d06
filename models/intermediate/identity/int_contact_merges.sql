-- The contact that each known contact has become through merges: the end of the merge chain, or the
-- contact whose id sorts first if the chain is a cycle.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

-- The contact into which each contact is merged, also according to another contact's
-- merged_contact_ids.
merge_targets as (
    select
        contacts.as_of,
        contacts.contact_id,
        coalesce(contacts.merged_into_contact_id, contacts.listed_by_contact_id) as target_id
    from contacts
),

-- A merge into the contact itself or into an unknown contact is ignored.
known_merges as (
    select
        merge_targets.as_of as known_at,
        merge_targets.contact_id as contact,
        merge_targets.target_id as merged_into
    from merge_targets
    inner join contacts
        on
            merge_targets.as_of = contacts.as_of
            and merge_targets.target_id = contacts.contact_id
    where merge_targets.target_id <> merge_targets.contact_id
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
