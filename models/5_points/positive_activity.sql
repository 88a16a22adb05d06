-- The last day on which each lead did anything of positive intent, up to the as-of day.
with activity_days as (
    select * from {{ ref('activity_days') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
)

select
    activity_days.lead_id,
    cast(sum(activity_days.occurrences) as bigint) as occurrences,
    max(activity_days.occurred_on) as last_occurred_on
from activity_days
inner join activity_names
    on
        activity_days.activity = activity_names.activity
        and activity_names.is_positive
group by activity_days.lead_id
