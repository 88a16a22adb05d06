{{ config(materialized='ephemeral') }}

-- Number of deals of the lead that are open on each as-of day.
with leads as (
    select * from {{ ref('dim_leads') }}
),

deal_leads as (
    select * from {{ ref('int_deal_leads') }}
),

deals as (
    select * from {{ ref('int_deals_as_of') }}
)

select
    leads.as_of,
    leads.lead_id,
    count(deals.deal_id) as value
from leads
left join deal_leads
    on
        leads.as_of = deal_leads.as_of
        and leads.lead_id = deal_leads.lead_id
left join deals
    on
        deal_leads.as_of = deals.as_of
        and deal_leads.deal_id = deals.deal_id
        and {{ local_date('deals.created_at') }} <= deals.as_of
        and coalesce({{ local_date('deals.closed_at') }} > deals.as_of, true)
group by leads.as_of, leads.lead_id
