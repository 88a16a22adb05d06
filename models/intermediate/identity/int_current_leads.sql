{{ config(materialized='ephemeral') }}

-- Leads of the run's as-of day.
with leads as (
    select * from {{ ref('dim_leads') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
)

select
    leads.as_of,
    leads.lead_id,
    leads.company_id,
    leads.is_partner
from leads
inner join scoring_dates on leads.as_of = scoring_dates.as_of
where scoring_dates.is_run_day
