-- Lead behind each identity on each as-of day: by contact_id, else by e-mail address; without both,
-- the only lead seen with the anonymous_id.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

identities as (
    select * from {{ ref('dim_identities') }}
),

activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

contact_merges as (
    select * from {{ ref('int_contact_merges') }}
),

people as (
    select * from {{ ref('int_people') }}
),

email_owners as (
    select * from {{ ref('int_email_owners') }}
),

contacts_of_leads as (
    select
        contact_merges.as_of,
        contact_merges.contact_id,
        contact_merges.survivor_contact_id as lead_id
    from contact_merges
    inner join people
        on
            contact_merges.as_of = people.as_of
            and contact_merges.survivor_contact_id = people.contact_id
    where not people.is_deleted
),

addresses_of_leads as (
    select
        email_owners.as_of,
        email_owners.email,
        email_owners.survivor_contact_id as lead_id
    from email_owners
    where email_owners.is_lead
),

named_identities as (
    select
        scoring_dates.as_of,
        identities.identity_key,
        identities.anonymous_id,
        identities.is_automated,
        coalesce(contacts_of_leads.lead_id, addresses_of_leads.lead_id) as lead_id
    from identities
    cross join scoring_dates
    left join contacts_of_leads
        on
            scoring_dates.as_of = contacts_of_leads.as_of
            and identities.contact_id = contacts_of_leads.contact_id
    left join addresses_of_leads
        on
            scoring_dates.as_of = addresses_of_leads.as_of
            and identities.email = addresses_of_leads.email
    where contacts_of_leads.lead_id is not null or addresses_of_leads.lead_id is not null
),

-- First day on which each identity with both a name and an anonymous_id was seen.
sightings as (
    select
        identities.identity_key,
        min(activity_daily.occurred_on) as first_seen_on
    from identities
    inner join activity_daily on identities.identity_key = activity_daily.identity_key
    where
        identities.anonymous_id is not null
        and (identities.contact_id is not null or identities.email is not null)
    group by identities.identity_key
),

first_sightings as (
    select
        named_identities.as_of,
        named_identities.anonymous_id,
        named_identities.lead_id,
        min(sightings.first_seen_on) as first_seen_on
    from named_identities
    inner join sightings
        on
            named_identities.identity_key = sightings.identity_key
            and named_identities.as_of >= sightings.first_seen_on
    group by
        named_identities.as_of,
        named_identities.anonymous_id,
        named_identities.lead_id
),

anonymous_leads as (
    select
        first_sightings.as_of,
        first_sightings.anonymous_id,
        min(first_sightings.lead_id) as lead_id,
        min(first_sightings.first_seen_on) as first_seen_on
    from first_sightings
    group by first_sightings.as_of, first_sightings.anonymous_id
    having count(*) = 1
),

anonymous_identities as (
    select
        anonymous_leads.as_of,
        identities.identity_key,
        identities.is_automated,
        anonymous_leads.lead_id,
        {% if filled_var('anonymous_lookback_days') is none -%}
        cast(null as date) as counts_from
        {%- else -%}
        {{ days_after(
            -(var('anonymous_lookback_days') | int), 'anonymous_leads.first_seen_on'
        ) }} as counts_from
        {%- endif %}
    from identities
    inner join anonymous_leads on identities.anonymous_id = anonymous_leads.anonymous_id
    where identities.contact_id is null and identities.email is null
),

final as (
    select
        named_identities.as_of,
        named_identities.identity_key,
        named_identities.is_automated,
        named_identities.lead_id,
        cast(null as date) as counts_from
    from named_identities

    union all

    select
        anonymous_identities.as_of,
        anonymous_identities.identity_key,
        anonymous_identities.is_automated,
        anonymous_identities.lead_id,
        anonymous_identities.counts_from
    from anonymous_identities
)

select
    final.as_of,
    final.identity_key,
    final.is_automated,
    final.lead_id,
    final.counts_from
from final
