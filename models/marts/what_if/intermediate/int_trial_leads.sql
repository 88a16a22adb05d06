{{ config(materialized='ephemeral') }}

-- Leads on which scoring models are tried: those listed as sales-ready, and a random sample of all
-- leads.
with listed_cells as (
    select
        {{ cell('contact_id') }} as contact_id,
        {{ cell('email') }} as email
    from {{ ref('sales_ready_leads') }}
),

listed as (
    select distinct
        {{ as_id('listed_cells.contact_id') }} as contact_id,
        {{ written_address('listed_cells.email') }} as email
    from listed_cells
),

leads as (
    select * from {{ ref('int_current_leads') }}
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on contact_merges.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

email_owners as (
    select email_owners.*
    from {{ ref('int_email_owners') }} as email_owners
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on email_owners.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

erased_keys as (
    select distinct erased_keys.key_hash
    from {{ ref('stg_erasure__erased_keys') }} as erased_keys
),

-- The contact_id identifies the lead, else the e-mail address.
found as (
    select
        listed.contact_id,
        listed.email,
        {{ salted_hash('contact_id', 'listed.contact_id') }} as contact_hash,
        {{ salted_hash('email', 'listed.email') }} as email_hash,
        coalesce(contact_merges.survivor_contact_id, email_owners.survivor_contact_id)
            as contact_found
    from listed
    left join contact_merges on listed.contact_id = contact_merges.contact_id
    left join email_owners on listed.email = email_owners.email
),

-- An erased person is no longer listed.
listed_leads as (
    select
        leads.lead_id,
        coalesce(found.contact_id, found.email) as listed_as
    from found
    left join leads on found.contact_found = leads.lead_id
    left join erased_keys as erased_contacts on found.contact_hash = erased_contacts.key_hash
    left join erased_keys as erased_emails on found.email_hash = erased_emails.key_hash
    where
        leads.lead_id is not null
        or (erased_contacts.key_hash is null and erased_emails.key_hash is null)
),

drawn as (
    select
        leads.lead_id,
        row_number() over (
            order by {{ hash_key(['leads.lead_id', text_literal(var('trial_sample_draw'))]) }}
        ) as draw_rank
    from leads
)

select
    'sales_ready' as audience,
    {{ first_text('listed_leads.listed_as') }} as listed_as,
    listed_leads.lead_id
from listed_leads
where listed_leads.lead_id is not null
group by listed_leads.lead_id

union all

select
    'sales_ready' as audience,
    listed_leads.listed_as,
    cast(null as {{ dbt.type_string() }}) as lead_id
from listed_leads
where listed_leads.lead_id is null
group by listed_leads.listed_as

union all

select
    'sample' as audience,
    drawn.lead_id as listed_as,
    drawn.lead_id
from drawn
where drawn.draw_rank <= {{ number_var('trial_sample_size') }}
