-- Daily occurrences of each activity of activities.csv by lead_key, including days after the as-of
-- days. Not incremental, because finding the changes would read the same facts.
with lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

activity_event_types as (
    select * from {{ ref('int_activity_event_types') }}
)

select
    lead_facts.lead_key,
    activity_event_types.activity_number,
    lead_facts.occurred_on,
    cast(sum(lead_facts.occurrences) as bigint) as occurrences,
    cast(sum(
        case activity_event_types.quantity
            when 'duration_seconds' then lead_facts.duration_seconds
            when 'percent_complete' then lead_facts.percent_complete
            when 'quantity' then lead_facts.quantity
        end
    ) as decimal(38, 9)) as quantity,
    max(lead_facts.last_occurred_at) as last_occurred_at
from lead_facts
inner join activity_event_types on lead_facts.event_type_key = activity_event_types.event_type_key
group by lead_facts.lead_key, activity_event_types.activity_number, lead_facts.occurred_on
