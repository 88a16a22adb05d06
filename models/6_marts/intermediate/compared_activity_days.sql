-- The activity of the compared leads as it is known now, with ages as of the last published day:
-- what came after that day is not yet a day old. as_of says up to which day activity counts.
with activity_days as (
    select * from {{ ref('activity_days') }}
),

compared_leads as (
    select distinct
        compared_leads.as_of,
        compared_leads.clock_on,
        compared_leads.lead_id
    from {{ ref('compared_leads') }} as compared_leads
),

compared_days as (
    select * from {{ ref('compared_days') }}
)

select
    compared_leads.as_of,
    activity_days.lead_id,
    activity_days.activity,
    activity_days.occurred_on,
    activity_days.occurrences,
    activity_days.quantity,
    greatest(
        {{ days_between('activity_days.occurred_on', 'compared_leads.clock_on') }}, 0
    ) as age_days
from activity_days
inner join compared_days on activity_days.as_of = compared_days.to_day
inner join compared_leads
    on
        activity_days.lead_id = compared_leads.lead_id
        and activity_days.occurred_on <= compared_leads.as_of
