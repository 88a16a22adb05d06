-- Leads that are scored: people who are known and not deleted.
with people as (
    select * from {{ ref('int_people') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

product_uses as (
    select
        lead_facts.lead_key,
        min(lead_facts.occurred_on) as first_used_on
    from lead_facts
    where lead_facts.source = 'product'
    group by lead_facts.lead_key
)

select
    people.as_of,
    people.contact_id as lead_id,
    people.contact_number as lead_number,
    people.company_id,
    people.created_on,
    people.is_customer,
    people.is_partner,
    coalesce(product_uses.first_used_on <= people.as_of, false) as is_product_user
from people
left join lead_keys
    on
        people.as_of = lead_keys.as_of
        and people.contact_id = lead_keys.lead_id
left join product_uses on lead_keys.lead_key = product_uses.lead_key
where not people.is_deleted
