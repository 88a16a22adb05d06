{{ config(materialized='view') }}

-- The activity of those leads as it will have aged by then, if nothing is added.
with activity_days as (
    select * from {{ ref('activity_days') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
    where is_run_day
),

outlook_leads as (
    select distinct
        outlook_leads.as_of,
        outlook_leads.days_ahead,
        outlook_leads.lead_id
    from {{ ref('outlook_leads') }} as outlook_leads
)

select
    outlook_leads.as_of,
    activity_days.lead_id,
    activity_days.activity,
    activity_days.occurred_on,
    activity_days.occurrences,
    activity_days.quantity,
    activity_days.age_days + outlook_leads.days_ahead as age_days
from activity_days
inner join as_of_days on activity_days.as_of = as_of_days.as_of
inner join outlook_leads on activity_days.lead_id = outlook_leads.lead_id
