-- Companies of each surviving contact on each as-of day, and whether they make it a customer. A
-- contact without any company has one row, without company_id.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

contact_companies as (
    select
        contact_links.contact_id,
        contact_links.linked_id as company_id
    from {{ ref('int_contact_links') }} as contact_links
    where contact_links.source_table = 'contact_companies' and contact_links.is_valid
),

companies as (
    select * from {{ ref('int_companies_as_of') }}
),

deals as (
    select
        deals.as_of,
        deals.deal_id,
        deals.company_id,
        {{ local_date('deals.closed_at') }} as won_on
    from {{ ref('int_deals_as_of') }} as deals
    where
        deals.is_won
        and {{ local_date('deals.closed_at') }} <= deals.as_of
),

deal_leads as (
    select * from {{ ref('int_deal_leads') }}
),

survivors as (
    select
        contacts.as_of,
        contacts.contact_id,
        contacts.company_id,
        coalesce(lower(contacts.lifecycle_stage) = 'customer', false) as is_named_customer
    from contacts
    inner join contact_merges
        on
            contacts.as_of = contact_merges.as_of
            and contacts.contact_id = contact_merges.contact_id
            and contacts.contact_id = contact_merges.survivor_contact_id
),

companies_of_people as (
    select
        survivors.as_of,
        survivors.contact_id,
        survivors.company_id
    from survivors
    where survivors.company_id is not null

    union distinct

    select
        contact_merges.as_of,
        contact_merges.survivor_contact_id as contact_id,
        contact_companies.company_id
    from contact_merges
    inner join contact_companies on contact_merges.contact_id = contact_companies.contact_id
),

won_by_contact as (
    select
        deals.as_of,
        deal_leads.lead_id as contact_id,
        max(deals.won_on) as last_won_on
    from deals
    inner join deal_leads
        on
            deals.as_of = deal_leads.as_of
            and deals.deal_id = deal_leads.deal_id
    group by deals.as_of, deal_leads.lead_id
),

won_by_company as (
    select
        deals.as_of,
        deals.company_id,
        max(deals.won_on) as last_won_on
    from deals
    group by deals.as_of, deals.company_id
),

customer_companies as (
    select
        companies.as_of,
        companies.company_id,
        case when companies.customer_until <= companies.as_of then companies.customer_until end
            as customer_until,
        case when companies.customer_since <= companies.as_of then companies.customer_since end
            as customer_since
    from companies
),

joined as (
    select
        survivors.as_of,
        survivors.contact_id,
        companies_of_people.company_id,
        customer_companies.customer_since,
        won_by_company.last_won_on as company_won_on,
        won_by_contact.last_won_on as contact_won_on,
        coalesce(companies_of_people.company_id = survivors.company_id, false) as is_own_company,
        survivors.is_named_customer and customer_companies.customer_until is null
            as is_named_customer,
        coalesce(customer_companies.customer_until, cast('0001-01-01' as date)) as ended_on
    from survivors
    left join companies_of_people
        on
            survivors.as_of = companies_of_people.as_of
            and survivors.contact_id = companies_of_people.contact_id
    left join customer_companies
        on
            companies_of_people.as_of = customer_companies.as_of
            and companies_of_people.company_id = customer_companies.company_id
    left join won_by_contact
        on
            survivors.as_of = won_by_contact.as_of
            and survivors.contact_id = won_by_contact.contact_id
    left join won_by_company
        on
            companies_of_people.as_of = won_by_company.as_of
            and companies_of_people.company_id = won_by_company.company_id
)

select
    joined.as_of,
    joined.contact_id,
    joined.company_id,
    joined.is_own_company,
    (
        coalesce(joined.customer_since > joined.ended_on, false)
        or coalesce(joined.company_won_on > joined.ended_on, false)
    ) as is_customer_company,
    (
        joined.is_named_customer
        or coalesce(joined.contact_won_on > joined.ended_on, false)
    ) as is_customer_personally
from joined
