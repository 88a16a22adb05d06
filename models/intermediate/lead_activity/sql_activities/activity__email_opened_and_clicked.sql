-- E-mail campaigns that a lead both opened and clicked: once per lead and campaign, on the later of
-- the two days.
with email_days as (
    select
        lead_facts.lead_key,
        lead_facts.campaign_id,
        min(case when lead_facts.event_name = 'opened' then lead_facts.occurred_on end)
            as first_opened_on,
        min(case when lead_facts.event_name = 'clicked' then lead_facts.occurred_on end)
            as first_clicked_on
    from {{ ref('int_lead_facts') }} as lead_facts
    where
        lead_facts.source = 'email'
        and lead_facts.campaign_id is not null
    group by lead_facts.lead_key, lead_facts.campaign_id
),

completed as (
    select
        email_days.lead_key,
        case
            when email_days.first_opened_on > email_days.first_clicked_on
                then email_days.first_opened_on
            else email_days.first_clicked_on
        end as occurred_on
    from email_days
    where
        email_days.first_opened_on is not null
        and email_days.first_clicked_on is not null
)

select
    completed.lead_key,
    completed.occurred_on,
    count(*) as occurrences
from completed
group by completed.lead_key, completed.occurred_on
