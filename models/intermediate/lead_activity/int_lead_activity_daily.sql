-- Daily occurrences of each activity of activities.csv by lead_key, including days after the as-of
-- days. A lead with automated activity also has rows of its negative key: all of its activity,
-- automated activity included. Not incremental, because finding the changes would read the same
-- facts.
with lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

activity_event_types as (
    select * from {{ ref('int_activity_event_types') }}
),

activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

automated_activity as (
    select * from {{ ref('int_automated_activity_daily') }}
),

-- Of the run day; empty if automated activity scores.
lead_identities as (
    select
        lead_keys.lead_key,
        identity_resolution.identity_key,
        identity_resolution.counts_from,
        identity_resolution.is_automated
    from {{ ref('int_identity_resolution') }} as identity_resolution
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on identity_resolution.as_of = scoring_dates.as_of
    inner join {{ ref('int_lead_keys') }} as lead_keys
        on
            identity_resolution.as_of = lead_keys.as_of
            and identity_resolution.lead_id = lead_keys.lead_id
    where
        scoring_dates.is_run_day
        and {{ 'false' if var('score_automated') else 'true' }}
),

leads_with_automated_activity as (
    select lead_identities.lead_key
    from lead_identities
    where lead_identities.is_automated

    union distinct

    select lead_identities.lead_key
    from lead_identities
    inner join automated_activity
        on lead_identities.identity_key = automated_activity.identity_key
),

counted_facts as (
    select
        lead_facts.lead_key,
        lead_facts.event_type_key,
        lead_facts.occurred_on,
        lead_facts.occurrences,
        lead_facts.duration_seconds,
        lead_facts.percent_complete,
        lead_facts.quantity
    from lead_facts

    union all

    select
        -lead_identities.lead_key as lead_key,
        activity_daily.event_type_key,
        activity_daily.occurred_on,
        activity_daily.occurrences,
        activity_daily.duration_seconds,
        activity_daily.percent_complete,
        activity_daily.quantity
    from leads_with_automated_activity
    inner join lead_identities
        on leads_with_automated_activity.lead_key = lead_identities.lead_key
    inner join activity_daily
        on lead_identities.identity_key = activity_daily.identity_key
    where
        lead_identities.counts_from is null
        or activity_daily.occurred_on >= lead_identities.counts_from
)

select
    counted_facts.lead_key,
    activity_event_types.activity_number,
    counted_facts.occurred_on,
    cast(sum(counted_facts.occurrences) as bigint) as occurrences,
    cast(sum(
        case activity_event_types.quantity
            when 'duration_seconds' then counted_facts.duration_seconds
            when 'percent_complete' then counted_facts.percent_complete
            when 'quantity' then counted_facts.quantity
        end
    ) as decimal(38, 9)) as quantity
from counted_facts
inner join activity_event_types
    on counted_facts.event_type_key = activity_event_types.event_type_key
group by
    counted_facts.lead_key, activity_event_types.activity_number, counted_facts.occurred_on
{{ sorted_by(['activity_number', 'occurred_on', 'lead_key']) }}
