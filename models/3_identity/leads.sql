-- Who is scored: people who are known and not deleted.
with people as (
    select * from {{ ref('people') }}
),

lead_facts as (
    select * from {{ ref('lead_facts') }}
),

product_users as (
    select distinct lead_facts.lead_id
    from lead_facts
    where
        lead_facts.source = 'product'
        and lead_facts.occurred_on <= {{ as_of() }}
)

select
    people.contact_id as lead_id,
    people.company_id,
    people.created_on,
    people.is_customer,
    people.is_partner,
    people.contact_id in (select product_users.lead_id from product_users) as is_product_user
from people
where not people.is_deleted
