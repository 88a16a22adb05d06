{{ config(materialized='ephemeral') }}

-- Person behind each identity on each as-of day: by contact_id, else by e-mail address, else the
-- only person seen with the anonymous_id. The person is a surviving contact, which may be deleted.
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

email_owners as (
    select * from {{ ref('int_email_owners') }}
),

-- The person is null for a contact_id or e-mail address that no known contact has.
named_identities as (
    select
        scoring_dates.as_of,
        identities.identity_key,
        identities.anonymous_id,
        identities.is_automated,
        coalesce(
            contact_merges.survivor_contact_id, email_owners.survivor_contact_id
        ) as person_contact_id
    from identities
    cross join scoring_dates
    left join contact_merges
        on
            scoring_dates.as_of = contact_merges.as_of
            and identities.contact_id = contact_merges.contact_id
    left join email_owners
        on
            scoring_dates.as_of = email_owners.as_of
            and identities.email = email_owners.email
    where identities.contact_id is not null or identities.email is not null
),

-- First day on which each identity with both a person and an anonymous_id was seen.
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
        coalesce(named_identities.person_contact_id, '') as person_contact_id,
        min(sightings.first_seen_on) as first_seen_on
    from named_identities
    inner join sightings
        on
            named_identities.identity_key = sightings.identity_key
            and named_identities.as_of >= sightings.first_seen_on
    group by
        named_identities.as_of,
        named_identities.anonymous_id,
        coalesce(named_identities.person_contact_id, '')
),

anonymous_people as (
    select
        first_sightings.as_of,
        first_sightings.anonymous_id,
        nullif(min(first_sightings.person_contact_id), '') as person_contact_id,
        min(first_sightings.first_seen_on) as first_seen_on
    from first_sightings
    group by first_sightings.as_of, first_sightings.anonymous_id
    having count(*) = 1
),

anonymous_identities as (
    select
        anonymous_people.as_of,
        identities.identity_key,
        identities.is_automated,
        anonymous_people.person_contact_id,
        {% if var('anonymous_lookback_days') is none -%}
        cast(null as date) as counts_from
        {%- else -%}
        {{ days_after(
            -(var('anonymous_lookback_days') | int), 'anonymous_people.first_seen_on'
        ) }} as counts_from
        {%- endif %}
    from identities
    inner join anonymous_people on identities.anonymous_id = anonymous_people.anonymous_id
    where identities.contact_id is null and identities.email is null
),

final as (
    select
        named_identities.as_of,
        named_identities.identity_key,
        named_identities.is_automated,
        named_identities.person_contact_id,
        cast(null as date) as counts_from
    from named_identities

    union all

    select
        anonymous_identities.as_of,
        anonymous_identities.identity_key,
        anonymous_identities.is_automated,
        anonymous_identities.person_contact_id,
        anonymous_identities.counts_from
    from anonymous_identities
)

select
    final.as_of,
    final.identity_key,
    final.is_automated,
    final.person_contact_id,
    final.counts_from
from final
where final.person_contact_id is not null
