{{ config(materialized='ephemeral') }}

-- Criteria with operator due_within for which a lead has the same date on both compared days: their
-- points change only with time.
with compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

lead_attributes as (
    select * from {{ ref('int_lead_attributes') }}
),

leads as (
    select * from {{ ref('dim_leads') }}
),

due_criteria as (
    select * from {{ ref('config_fit_criteria') }}
    where operator = 'due_within'
),

dates as (
    select
        lead_attributes.as_of,
        lead_attributes.lead_number,
        lead_attributes.value,
        due_criteria.scoring_model,
        due_criteria.criterion
    from lead_attributes
    inner join due_criteria on lead_attributes.attribute_number = due_criteria.attribute_number
)

select
    leads.lead_id,
    todays_dates.scoring_model,
    todays_dates.criterion
from compared_days
inner join dates as todays_dates on compared_days.to_day = todays_dates.as_of
inner join dates as earlier_dates
    on
        compared_days.from_day = earlier_dates.as_of
        and todays_dates.lead_number = earlier_dates.lead_number
        and todays_dates.scoring_model = earlier_dates.scoring_model
        and todays_dates.criterion = earlier_dates.criterion
        and todays_dates.value = earlier_dates.value
inner join leads
    on
        todays_dates.as_of = leads.as_of
        and todays_dates.lead_number = leads.lead_number
