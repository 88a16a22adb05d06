-- Which contact each known contact has become by merges: the end of its chain, in a cycle the
-- smallest contact_id of the cycle.
with recursive contacts as (
    select * from {{ ref('contacts_as_of') }}
),

merged_contacts as (
    select
        contacts.contact_id,
        contacts.merged_into_contact_id
    from contacts
    inner join contacts as targets
        on contacts.merged_into_contact_id = targets.contact_id
    where contacts.merged_into_contact_id <> contacts.contact_id
),

reachable as (
    select
        merged_contacts.contact_id,
        merged_contacts.merged_into_contact_id as reached_contact_id
    from merged_contacts

    union

    select
        reachable.contact_id,
        merged_contacts.merged_into_contact_id as reached_contact_id
    from reachable
    inner join merged_contacts on reachable.reached_contact_id = merged_contacts.contact_id
),

chain_ends as (
    select
        reachable.contact_id,
        reachable.reached_contact_id as survivor_contact_id
    from reachable
    where
        reachable.reached_contact_id not in (
            select merged_contacts.contact_id from merged_contacts
        )
),

cycle_ends as (
    select
        reachable.contact_id,
        min(reachable.reached_contact_id) as survivor_contact_id
    from reachable
    inner join reachable as loops
        on
            reachable.reached_contact_id = loops.contact_id
            and loops.contact_id = loops.reached_contact_id
    group by reachable.contact_id
)

select
    contacts.contact_id,
    coalesce(
        chain_ends.survivor_contact_id, cycle_ends.survivor_contact_id, contacts.contact_id
    ) as survivor_contact_id
from contacts
left join chain_ends on contacts.contact_id = chain_ends.contact_id
left join cycle_ends on contacts.contact_id = cycle_ends.contact_id
