-- Hard bounces of an address that the lead has on the as-of day, until a later delivery to it. An
-- event without an address belongs to the contact in its row.
with mails as (
    select
        lead_facts.lead_key,
        lead_facts.event_name,
        lead_facts.outcome,
        lead_facts.occurred_on,
        lead_facts.occurrences,
        lead_facts.last_occurred_at,
        coalesce(identities.email, identities.contact_id) as address
    from {{ ref('int_lead_facts') }} as lead_facts
    inner join {{ ref('dim_identities') }} as identities
        on lead_facts.identity_key = identities.identity_key
    where
        lead_facts.source = 'email'
        and lead_facts.event_name in ('bounced', 'delivered')
),

bounces as (
    select
        mails.lead_key,
        mails.address,
        mails.occurred_on,
        sum(mails.occurrences) as occurrences,
        max(mails.last_occurred_at) as last_occurred_at
    from mails
    where
        mails.event_name = 'bounced'
        and mails.outcome = 'hard'
    group by mails.lead_key, mails.address, mails.occurred_on
),

delivered_later as (
    select
        bounces.lead_key,
        bounces.address,
        bounces.occurred_on,
        min(mails.occurred_on) as undone_on
    from bounces
    inner join mails
        on
            bounces.lead_key = mails.lead_key
            and bounces.address = mails.address
            and bounces.last_occurred_at < mails.last_occurred_at
    where mails.event_name = 'delivered'
    group by bounces.lead_key, bounces.address, bounces.occurred_on
),

bounced_leads as (
    select
        lead_keys.as_of,
        lead_keys.lead_id,
        lead_keys.lead_key
    from {{ ref('int_lead_keys') }} as lead_keys
    where lead_keys.lead_key in (select bounces.lead_key from bounces)
),

bounced_contacts as (
    select
        bounced_leads.as_of,
        bounced_leads.lead_key,
        contacts.contact_id,
        contacts.email,
        contacts.additional_emails
    from bounced_leads
    inner join {{ ref('int_contacts_as_of') }} as contacts
        on
            bounced_leads.as_of = contacts.as_of
            and bounced_leads.lead_id = contacts.contact_id
),

addresses as (
    select
        bounced_contacts.as_of,
        bounced_contacts.lead_key,
        bounced_contacts.email as address
    from bounced_contacts

    union distinct

    select
        bounced_contacts.as_of,
        bounced_contacts.lead_key,
        bounced_contacts.contact_id as address
    from bounced_contacts

    union distinct

    select
        listing.as_of,
        listing.lead_key,
        {{ written_address(clean_text('list_words.word')) }} as address
    from (
        select * from bounced_contacts
        where additional_emails is not null
    ) as listing
    {{ cross_join_words(replace_commas('listing.additional_emails')) }}
)

select
    addresses.as_of,
    bounces.lead_key,
    bounces.occurred_on,
    delivered_later.undone_on,
    bounces.occurrences
from bounces
inner join addresses
    on
        bounces.lead_key = addresses.lead_key
        and bounces.address = addresses.address
left join delivered_later
    on
        bounces.lead_key = delivered_later.lead_key
        and bounces.address = delivered_later.address
        and bounces.occurred_on = delivered_later.occurred_on
