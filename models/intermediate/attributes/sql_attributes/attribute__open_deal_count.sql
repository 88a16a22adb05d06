{{ config(materialized='ephemeral') }}

-- Number of deals of the lead that are open on each as-of day.
with deals as (
    select * from {{ ref('int_deals_as_of') }}
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

leads as (
    select * from {{ ref('dim_leads') }}
)

select
    leads.as_of,
    leads.lead_id,
    count(deals.deal_id) as value
from leads
inner join contact_merges
    on
        leads.as_of = contact_merges.as_of
        and leads.lead_id = contact_merges.survivor_contact_id
left join deals
    on
        contact_merges.as_of = deals.as_of
        and contact_merges.contact_id = deals.contact_id
        and {{ local_date('deals.created_at') }} <= deals.as_of
        and coalesce({{ local_date('deals.closed_at') }} > deals.as_of, true)
group by leads.as_of, leads.lead_id
