-- Whether each identity belongs to a lead on the as-of day of the run; if not, why.
with identities as (
    select * from {{ ref('dim_identities') }}
),

identity_resolution as (
    select identity_resolution.*
    from {{ ref('int_identity_resolution') }} as identity_resolution
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on identity_resolution.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

sightings as (
    select
        identities.anonymous_id,
        identity_resolution.lead_id
    from identities
    inner join identity_resolution
        on identities.identity_key = identity_resolution.identity_key
    inner join activity_daily
        on
            identities.identity_key = activity_daily.identity_key
            and identity_resolution.as_of >= activity_daily.occurred_on
    where
        identities.anonymous_id is not null
        and (identities.contact_id is not null or identities.email is not null)
),

shared_devices as (
    select sightings.anonymous_id
    from sightings
    group by sightings.anonymous_id
    having count(distinct sightings.lead_id) > 1
)

select
    identities.identity_key,
    identity_resolution.counts_from,
    case
        when identity_resolution.lead_id is not null then 'lead'
        when identities.contact_id is not null or identities.email is not null then 'stranger'
        when shared_devices.anonymous_id is not null then 'ambiguous'
        else 'anonymous'
    end as matched_to
from identities
left join identity_resolution
    on identities.identity_key = identity_resolution.identity_key
left join shared_devices on identities.anonymous_id = shared_devices.anonymous_id
