-- Occurrences by programs in the name of each lead, and by the lead itself.
with identity_resolution as (
    select identity_resolution.*
    from {{ ref('int_identity_resolution') }} as identity_resolution
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on identity_resolution.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

leads as (
    select * from {{ ref('dim_leads') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

automated_activity_daily as (
    select * from {{ ref('int_automated_activity_daily') }}
),

activity_event_types as (
    select * from {{ ref('int_activity_event_types') }}
),

lead_activity_daily as (
    select * from {{ ref('int_lead_activity_daily') }}
),

automated_facts as (
    select
        activity_daily.identity_key,
        activity_daily.event_type_key,
        activity_daily.occurred_on,
        activity_daily.occurrences as by_user_agent,
        0 as by_signs
    from activity_daily
    inner join identity_resolution on activity_daily.identity_key = identity_resolution.identity_key
    where identity_resolution.is_automated

    union all

    select
        automated_activity_daily.identity_key,
        automated_activity_daily.event_type_key,
        automated_activity_daily.occurred_on,
        0 as by_user_agent,
        automated_activity_daily.automated_occurrences as by_signs
    from automated_activity_daily
    inner join identity_resolution
        on automated_activity_daily.identity_key = identity_resolution.identity_key
    where not identity_resolution.is_automated
),

automated as (
    select
        leads.as_of,
        leads.lead_id,
        activity_event_types.activity,
        activity_event_types.activity_number,
        sum(automated_facts.by_user_agent) as by_user_agent,
        sum(automated_facts.by_signs) as by_signs,
        max(automated_facts.occurred_on) as last_occurred_on
    from automated_facts
    inner join identity_resolution
        on automated_facts.identity_key = identity_resolution.identity_key
    inner join leads
        on
            identity_resolution.as_of = leads.as_of
            and identity_resolution.lead_id = leads.lead_id
    inner join activity_event_types
        on automated_facts.event_type_key = activity_event_types.event_type_key
    where
        automated_facts.occurred_on <= leads.as_of
        and (
            identity_resolution.counts_from is null
            or automated_facts.occurred_on >= identity_resolution.counts_from
        )
    group by
        leads.as_of,
        leads.lead_id,
        activity_event_types.activity,
        activity_event_types.activity_number
),

counted as (
    select
        automated.lead_id,
        automated.activity_number,
        sum(lead_activity_daily.occurrences) as occurrences
    from automated
    inner join lead_keys
        on
            automated.as_of = lead_keys.as_of
            and automated.lead_id = lead_keys.lead_id
    inner join lead_activity_daily
        on
            lead_keys.lead_key = lead_activity_daily.lead_key
            and automated.activity_number = lead_activity_daily.activity_number
            and automated.as_of >= lead_activity_daily.occurred_on
    group by automated.lead_id, automated.activity_number
)

select
    cast(automated.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(automated.activity as {{ dbt.type_string() }}) as activity,
    cast(coalesce(counted.occurrences, 0) as bigint) as occurrences,
    cast(automated.by_user_agent as bigint) as automated_by_user_agent,
    cast(automated.by_signs as bigint) as automated_by_signs,
    automated.last_occurred_on as last_automated_on
from automated
left join counted
    on
        automated.lead_id = counted.lead_id
        and automated.activity_number = counted.activity_number
