{{ config(materialized='ephemeral') }}

-- Dates that criteria with operator due_within test, for leads that may lose a tier.
with forecast_leads as (
    select * from {{ ref('int_forecast_leads') }}
),

lead_attributes as (
    select * from {{ ref('int_lead_attributes') }}
),

due_values as (
    select * from {{ ref('int_fit_criterion_values') }}
    where due_on is not null
)

select
    forecast_leads.score_key,
    due_values.criterion_number,
    due_values.due_on
from forecast_leads
inner join lead_attributes
    on
        forecast_leads.as_of = lead_attributes.as_of
        and forecast_leads.lead_number = lead_attributes.lead_number
inner join due_values
    on
        lead_attributes.attribute_number = due_values.attribute_number
        and lead_attributes.value = due_values.value
        and forecast_leads.model_number = due_values.model_number
where forecast_leads.as_of <= due_values.due_on
