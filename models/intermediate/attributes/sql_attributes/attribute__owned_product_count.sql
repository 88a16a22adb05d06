{{ config(materialized='ephemeral') }}

-- Number of different products that each lead owns on each as-of day.
with leads as (
    select * from {{ ref('dim_leads') }}
),

won_deals as (
    select * from {{ ref('int_won_deals') }}
)

select
    leads.as_of,
    leads.lead_id,
    count(distinct won_deals.product) as value
from leads
left join won_deals
    on
        leads.as_of = won_deals.as_of
        and leads.lead_id = won_deals.lead_id
group by leads.as_of, leads.lead_id
