-- Which contact each known contact has become by merges: the end of its chain, in a cycle the
-- smallest contact_id of the cycle. Chains are walked from their ends back, so that each merge
-- is met once however long they are.
with recursive contacts as (
    select * from {{ ref('contacts_as_of') }}
),

merged_contacts as (
    select
        contacts.as_of,
        contacts.contact_id,
        contacts.merged_into_contact_id
    from contacts
    inner join contacts as targets
        on
            contacts.as_of = targets.as_of
            and contacts.merged_into_contact_id = targets.contact_id
    where contacts.merged_into_contact_id <> contacts.contact_id
),

chain_members as (
    select
        merged_contacts.as_of,
        merged_contacts.contact_id,
        merged_contacts.merged_into_contact_id as survivor_contact_id
    from merged_contacts
    left join merged_contacts as next_merged
        on
            merged_contacts.as_of = next_merged.as_of
            and merged_contacts.merged_into_contact_id = next_merged.contact_id
    where next_merged.contact_id is null

    union all

    select
        merged_contacts.as_of,
        merged_contacts.contact_id,
        chain_members.survivor_contact_id
    from chain_members
    inner join merged_contacts
        on
            chain_members.as_of = merged_contacts.as_of
            and chain_members.contact_id = merged_contacts.merged_into_contact_id
),

-- Those whose merges come to no end: they are in a cycle or lead into one.
endless_contacts as (
    select merged_contacts.*
    from merged_contacts
    left join chain_members
        on
            merged_contacts.as_of = chain_members.as_of
            and merged_contacts.contact_id = chain_members.contact_id
    where chain_members.contact_id is null
),

-- A walk goes on while it meets greater ids; the smallest of a cycle comes back to itself.
cycle_walks as (
    select
        endless_contacts.as_of,
        endless_contacts.contact_id,
        endless_contacts.merged_into_contact_id as reached_contact_id
    from endless_contacts

    union

    select
        cycle_walks.as_of,
        cycle_walks.contact_id,
        endless_contacts.merged_into_contact_id as reached_contact_id
    from cycle_walks
    inner join endless_contacts
        on
            cycle_walks.as_of = endless_contacts.as_of
            and cycle_walks.reached_contact_id = endless_contacts.contact_id
    where cycle_walks.reached_contact_id > cycle_walks.contact_id
),

cycle_members as (
    select
        cycle_walks.as_of,
        cycle_walks.contact_id,
        cycle_walks.contact_id as survivor_contact_id
    from cycle_walks
    where cycle_walks.reached_contact_id = cycle_walks.contact_id

    union all

    select
        endless_contacts.as_of,
        endless_contacts.contact_id,
        cycle_members.survivor_contact_id
    from cycle_members
    inner join endless_contacts
        on
            cycle_members.as_of = endless_contacts.as_of
            and cycle_members.contact_id = endless_contacts.merged_into_contact_id
    where endless_contacts.contact_id <> cycle_members.survivor_contact_id
)

select
    contacts.as_of,
    contacts.contact_id,
    coalesce(
        chain_members.survivor_contact_id,
        cycle_members.survivor_contact_id,
        contacts.contact_id
    ) as survivor_contact_id
from contacts
left join chain_members
    on
        contacts.as_of = chain_members.as_of
        and contacts.contact_id = chain_members.contact_id
left join cycle_members
    on
        contacts.as_of = cycle_members.as_of
        and contacts.contact_id = cycle_members.contact_id
