-- A meeting held on or after the day on which a voicemail was left.
with voicemails as (
    select * from {{ ref('int_lead_facts') }}
    where source = 'sales' and event_name = 'voicemail'
),

held_meetings as (
    select * from {{ ref('int_lead_facts') }}
    where source = 'sales' and event_name = 'meeting' and outcome = 'held'
),

first_voicemails as (
    select
        voicemails.lead_key,
        min(voicemails.occurred_on) as first_left_on
    from voicemails
    group by voicemails.lead_key
)

select
    held_meetings.lead_key,
    held_meetings.occurred_on,
    sum(held_meetings.occurrences) as occurrences
from held_meetings
inner join first_voicemails on held_meetings.lead_key = first_voicemails.lead_key
where held_meetings.occurred_on >= first_voicemails.first_left_on
group by held_meetings.lead_key, held_meetings.occurred_on
