-- Leads that take part in each deal on each as-of day: the survivors of the deal's contact and of
-- its further contacts.
with deals as (
    select * from {{ ref('int_deals_as_of') }}
),

deal_contacts as (
    select
        contact_links.linked_id as deal_id,
        contact_links.contact_id
    from {{ ref('int_contact_links') }} as contact_links
    where contact_links.source_table = 'deal_contacts' and contact_links.is_valid
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

contacts_of_deals as (
    select
        deals.as_of,
        deals.deal_id,
        deals.contact_id
    from deals
    where deals.contact_id is not null

    union all

    select
        deals.as_of,
        deals.deal_id,
        deal_contacts.contact_id
    from deals
    inner join deal_contacts on deals.deal_id = deal_contacts.deal_id
)

select distinct
    contacts_of_deals.as_of,
    contacts_of_deals.deal_id,
    contact_merges.survivor_contact_id as lead_id
from contacts_of_deals
inner join contact_merges
    on
        contacts_of_deals.as_of = contact_merges.as_of
        and contacts_of_deals.contact_id = contact_merges.contact_id
