-- Opt-outs of the lead, by e-mail or in the CRM, until it subscribes again: by e-mail or in a
-- newsletter form.
with lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

opt_outs as (
    select
        lead_facts.lead_key,
        cast(null as date) as as_of,
        lead_facts.occurred_on,
        max(lead_facts.last_occurred_at) as last_occurred_at
    from lead_facts
    where
        lead_facts.source = 'email'
        and lead_facts.event_name = 'unsubscribed'
    group by lead_facts.lead_key, lead_facts.occurred_on

    union all

    -- The contact's version of the as-of day.
    select
        lead_keys.lead_key,
        contacts.as_of,
        {{ local_date('contacts.unsubscribed_at') }} as occurred_on,
        contacts.unsubscribed_at as last_occurred_at
    from {{ ref('int_contacts_as_of') }} as contacts
    inner join {{ ref('int_lead_keys') }} as lead_keys
        on
            contacts.as_of = lead_keys.as_of
            and contacts.contact_id = lead_keys.lead_id
    where {{ local_date('contacts.unsubscribed_at') }} <= contacts.as_of
),

subscriptions as (
    select
        lead_facts.lead_key,
        lead_facts.occurred_on,
        lead_facts.last_occurred_at
    from lead_facts
    where
        (lead_facts.source = 'email' and lead_facts.event_name = 'subscribed')
        or (
            lead_facts.source = 'web'
            and lead_facts.event_name = 'form_submitted'
            and {{ is_newsletter_form('lead_facts.form_id') }}
        )
)

select
    opt_outs.as_of,
    opt_outs.lead_key,
    opt_outs.occurred_on,
    1 as occurrences,
    min(subscriptions.occurred_on) as undone_on
from opt_outs
left join subscriptions
    on
        opt_outs.lead_key = subscriptions.lead_key
        and opt_outs.last_occurred_at < subscriptions.last_occurred_at
group by opt_outs.as_of, opt_outs.lead_key, opt_outs.occurred_on
