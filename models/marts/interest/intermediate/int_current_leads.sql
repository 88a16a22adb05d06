{{ config(materialized='ephemeral') }}

-- Leads of the run's as-of day.
with leads as (
    select * from {{ ref('dim_leads') }}
),

as_of_days as (
    select * from {{ ref('int_scoring_dates') }}
)

select
    leads.as_of,
    leads.lead_id,
    leads.company_id,
    leads.created_on,
    leads.is_customer,
    leads.is_partner,
    leads.is_product_user
from leads
inner join as_of_days on leads.as_of = as_of_days.as_of
where as_of_days.is_run_day
