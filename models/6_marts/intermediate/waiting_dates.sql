-- The criteria of operator due_within whose date a lead has had on both compared days: what they
-- give then changes with time alone.
with compared_days as (
    select * from {{ ref('compared_days') }}
),

lead_attributes as (
    select * from {{ ref('lead_attributes') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
    where operator = 'due_within'
)

select
    todays_dates.lead_id,
    fit_criteria.scoring_model,
    fit_criteria.criterion
from compared_days
inner join lead_attributes as todays_dates on compared_days.to_day = todays_dates.as_of
inner join lead_attributes as earlier_dates
    on
        compared_days.from_day = earlier_dates.as_of
        and todays_dates.lead_id = earlier_dates.lead_id
        and todays_dates.attribute = earlier_dates.attribute
        and todays_dates.value = earlier_dates.value
inner join fit_criteria on todays_dates.attribute = fit_criteria.attribute
