{{ config(materialized='ephemeral') }}

-- Leads that each scoring model scores at the end of each as-of day.
with scenario_leads as (
    select * from {{ ref('int_scenario_leads') }}
)

select
    scenario_leads.as_of,
    scenario_leads.lead_id,
    scenario_leads.scoring_model,
    scenario_leads.is_customer
from scenario_leads
where scenario_leads.step = 'day'
