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

won_deals as (
    select
        deals.as_of,
        deals.company_id,
        contact_merges.survivor_contact_id,
        {{ local_date('deals.closed_at') }} as won_on
    from deals
    left join contact_merges
        on
            deals.as_of = contact_merges.as_of
            and deals.contact_id = contact_merges.contact_id
    where
        deals.is_won
        and {{ local_date('deals.closed_at') }} <= deals.as_of
),

won_by_contact as (
    select
        won_deals.as_of,
        won_deals.survivor_contact_id as contact_id,
        max(won_deals.won_on) as last_won_on
    from won_deals
    group by won_deals.as_of, won_deals.survivor_contact_id
),

won_by_company as (
    select
        won_deals.as_of,
        won_deals.company_id,
        max(won_deals.won_on) as last_won_on
    from won_deals
    group by won_deals.as_of, won_deals.company_id
),

-- The day on which a company's time as a customer ended, if it has.
customer_times as (
    select
        companies.as_of,
        companies.company_id,
        case when companies.customer_since <= companies.as_of then companies.customer_since end
            as customer_since,
        coalesce(
            case when companies.customer_until <= companies.as_of then companies.customer_until end,
            cast('0001-01-01' as date)
        ) as ended_on
    from companies
)

select
    contacts.as_of,
    contacts.contact_id,
    numbered_contacts.contact_number,
    contacts.company_id,
    {{ local_date('contacts.created_at') }} as created_on,
    coalesce({{ local_date('contacts.deleted_at') }} <= contacts.as_of, false) as is_deleted,
    -- What made the lead a customer after its company's time as one ended counts again.
    (
        coalesce(
            lower(contacts.lifecycle_stage) = 'customer'
            and coalesce(customer_times.ended_on, cast('0001-01-01' as date))
            = cast('0001-01-01' as date),
            false
        )
        or coalesce(customer_times.customer_since > customer_times.ended_on, false)
        or coalesce(
            won_by_contact.last_won_on
            > coalesce(customer_times.ended_on, cast('0001-01-01' as date)),
            false
        )
        or coalesce(
            won_by_company.last_won_on
            > coalesce(customer_times.ended_on, cast('0001-01-01' as date)),
            false
        )
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
left join customer_times
    on
        contacts.as_of = customer_times.as_of
        and contacts.company_id = customer_times.company_id
left join won_by_contact
    on
        contacts.as_of = won_by_contact.as_of
        and contacts.contact_id = won_by_contact.contact_id
left join won_by_company
    on
        contacts.as_of = won_by_company.as_of
        and contacts.company_id = won_by_company.company_id
