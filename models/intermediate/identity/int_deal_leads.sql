-- People who take part in each deal on each as-of day: who has become of its contacts, of the one
-- that the deal names and of the further ones.
with deals as (
    select * from {{ ref('int_deals_as_of') }}
),

deal_contacts as (
    select * from {{ ref('stg_crm__deal_contacts') }}
    where rejection_reason is null and erased_until is null
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
