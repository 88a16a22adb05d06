-- Everyone who could be a lead: the surviving contacts, with the columns that define populations.
with contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

lead_companies as (
    select * from {{ ref('int_lead_companies') }}
),

numbered_contacts as (
    select
        known_contacts.contact_id,
        cast(row_number() over (
            order by {{ byte_order('known_contacts.contact_id') }}
        ) as integer) as contact_number
    from (select distinct contacts.contact_id from contacts) as known_contacts
),

survivors as (
    select
        lead_companies.as_of,
        lead_companies.contact_id,
        max(
            case
                when lead_companies.is_customer_company or lead_companies.is_customer_personally
                    then 1
                else 0
            end
        ) = 1 as is_customer
    from lead_companies
    group by lead_companies.as_of, lead_companies.contact_id
)

select
    contacts.as_of,
    contacts.contact_id,
    numbered_contacts.contact_number,
    contacts.company_id,
    {{ local_date('contacts.created_at') }} as created_on,
    coalesce({{ local_date('contacts.deleted_at') }} <= contacts.as_of, false) as is_deleted,
    survivors.is_customer,
    coalesce(
        {{ dbt.position(
            "'; partner ;'",
            "concat('; ', " ~ replace_matches(
                'lower(' ~ on_one_line('contacts.tags') ~ ')', ' *; *', ' ; '
            ) ~ ", ' ;')"
        ) }} > 0,
        false
    ) as is_partner
from contacts
inner join survivors
    on
        contacts.as_of = survivors.as_of
        and contacts.contact_id = survivors.contact_id
inner join numbered_contacts on contacts.contact_id = numbered_contacts.contact_id
