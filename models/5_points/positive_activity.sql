-- The last day on which each lead did anything of positive intent, up to each as-of day.
with activity_days as (
    select * from {{ ref('activity_days') }}
)

select
    activity_days.as_of,
    activity_days.lead_id,
    max(activity_days.occurred_on) as last_occurred_on
from activity_days
where activity_days.activity = 'any'
group by activity_days.as_of, activity_days.lead_id
