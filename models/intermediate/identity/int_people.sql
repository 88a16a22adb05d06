-- Everyone who could be a lead: the surviving contacts, with the columns that define populations.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

companies as (
    select * from {{ ref('int_companies_as_of') }}
),

deals as (
    select * from {{ ref('int_deals_as_of') }}
),

numbered_contacts as (
    select
        known_contacts.contact_id,
        cast(row_number() over (
            order by {{ byte_order('known_contacts.contact_id') }}
        ) as integer) as contact_number
    from (select distinct contacts.contact_id from contacts) as known_contacts
),

first_deals_won as (
    select
        deals.as_of,
        deals.company_id,
        contact_merges.survivor_contact_id
    from deals
    left join contact_merges
        on
            deals.as_of = contact_merges.as_of
            and deals.contact_id = contact_merges.contact_id
    where
        deals.is_won
        and deals.deal_type = 'new'
        and {{ local_date('deals.closed_at') }} <= deals.as_of
),

customers as (
    select distinct
        first_deals_won.as_of,
        first_deals_won.survivor_contact_id as contact_id
    from first_deals_won
),

customer_companies as (
    select distinct
        first_deals_won.as_of,
        first_deals_won.company_id
    from first_deals_won
)

select
    contacts.as_of,
    contacts.contact_id,
    numbered_contacts.contact_number,
    contacts.company_id,
    {{ local_date('contacts.created_at') }} as created_on,
    coalesce({{ local_date('contacts.deleted_at') }} <= contacts.as_of, false) as is_deleted,
    (
        coalesce(lower(contacts.lifecycle_stage) = 'customer', false)
        or coalesce(companies.customer_since <= contacts.as_of, false)
        or customers.contact_id is not null
        or customer_companies.company_id is not null
    ) as is_customer,
    coalesce(
        {{ dbt.position(
            "'; partner ;'",
            "concat('; ', " ~ replace_matches('lower(contacts.tags)', ' *; *', ' ; ') ~ ", ' ;')"
        ) }} > 0,
        false
    ) as is_partner
from contacts
inner join contact_merges
    on
        contacts.as_of = contact_merges.as_of
        and contacts.contact_id = contact_merges.contact_id
        and contacts.contact_id = contact_merges.survivor_contact_id
inner join numbered_contacts on contacts.contact_id = numbered_contacts.contact_id
left join companies
    on
        contacts.as_of = companies.as_of
        and contacts.company_id = companies.company_id
left join customers
    on
        contacts.as_of = customers.as_of
        and contacts.contact_id = customers.contact_id
left join customer_companies
    on
        contacts.as_of = customer_companies.as_of
        and contacts.company_id = customer_companies.company_id
