-- A meeting held on or after the day on which a voicemail was left.
with lead_facts as (
    select * from {{ ref('lead_facts') }}
),

first_voicemails as (
    select
        lead_facts.lead_key,
        min(lead_facts.occurred_on) as first_left_on
    from lead_facts
    where
        lead_facts.source = 'sales'
        and lead_facts.event_name = 'voicemail'
    group by lead_facts.lead_key
)

select
    lead_facts.lead_key,
    lead_facts.occurred_on,
    sum(lead_facts.occurrences) as occurrences
from lead_facts
inner join first_voicemails on lead_facts.lead_key = first_voicemails.lead_key
where
    lead_facts.source = 'sales'
    and lead_facts.event_name = 'meeting'
    and lead_facts.outcome = 'held'
    and lead_facts.occurred_on >= first_voicemails.first_left_on
group by lead_facts.lead_key, lead_facts.occurred_on
