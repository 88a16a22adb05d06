{{ config(materialized='ephemeral') }}

-- What leads did up to the run's as-of day, with the weight of each occurrence. A weight is at
-- least 2^-1000, because PostgreSQL fails on an underflow.
with lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

positive_event_types as (
    select activity_event_types.event_type_key
    from {{ ref('int_activity_event_types') }} as activity_event_types
    where activity_event_types.activity = 'any'
),

facts as (
    select
        lead_keys.lead_id,
        lead_facts.event_type_key,
        lead_facts.source,
        lead_facts.event_name,
        lead_facts.content_id,
        lead_facts.campaign_id,
        lead_facts.utm_campaign,
        lead_facts.utm_medium,
        lead_facts.product,
        lead_facts.direction,
        lead_facts.outcome,
        positive_event_types.event_type_key is not null as is_positive,
        lead_facts.occurred_on,
        lead_facts.occurrences,
        lead_facts.first_occurred_at,
        {{ days_between('lead_facts.occurred_on', 'lead_keys.as_of') }} as age_days
    from lead_facts
    inner join lead_keys on lead_facts.lead_key = lead_keys.lead_key
    inner join scoring_dates on lead_keys.as_of = scoring_dates.as_of
    left join positive_event_types
        on lead_facts.event_type_key = positive_event_types.event_type_key
    where
        scoring_dates.is_run_day
        and lead_facts.occurred_on <= lead_keys.as_of
)

select
    facts.*,
    power(
        cast(2 as {{ type_double() }}),
        greatest(
            -cast(facts.age_days as {{ type_double() }})
            / {{ days_of_var('interest_half_life_days') }},
            cast(-1000 as {{ type_double() }})
        )
    ) as weight
from facts
