-- Leads with whom the team is in direct contact on the run's as-of day: connected on a social
-- network, spoken with, met, or written to us.
with facts as (
    select * from {{ ref('run_day_facts') }}
)

select
    facts.lead_id,
    min(facts.occurred_on) as connected_since
from facts
where
    (facts.source = 'social' and facts.event_name = 'connected')
    or (
        facts.source = 'sales'
        and (
            (facts.event_name = 'call' and facts.outcome in ('connected', 'meeting_booked'))
            or (facts.event_name = 'meeting' and facts.outcome = 'held')
            or (
                facts.event_name in ('email', 'linkedin_message')
                and facts.direction = 'inbound'
            )
        )
    )
group by facts.lead_id
