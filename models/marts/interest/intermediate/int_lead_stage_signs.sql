{{ config(materialized='ephemeral') }}

-- Activity of each lead by buying stage up to the run's as-of day: activities of positive intent
-- with a stage. Since held_since there has been no day, up to the last activity, on which the
-- latest one was too old.
with facts as (
    select * from {{ ref('int_current_facts') }}
),

activity_event_types as (
    select * from {{ ref('int_activity_event_types') }}
),

activities as (
    select * from {{ ref('config_activities') }}
),

-- Distinct: an event that counts as several activities of one stage counts once in it.
stage_kinds as (
    select distinct
        activities.stage,
        activity_event_types.event_type_key
    from activities
    inner join activity_event_types on activities.activity = activity_event_types.activity
    where activities.intent = 'positive' and activities.stage is not null
),

stage_days as (
    select
        facts.lead_id,
        stage_kinds.stage,
        facts.occurred_on,
        facts.age_days,
        sum(facts.occurrences) as occurrences
    from facts
    inner join stage_kinds on facts.event_type_key = stage_kinds.event_type_key
    group by facts.lead_id, stage_kinds.stage, facts.occurred_on, facts.age_days
),

followed_days as (
    select
        stage_days.*,
        lag(stage_days.age_days) over (
            partition by stage_days.lead_id, stage_days.stage
            order by stage_days.occurred_on
        ) as age_days_before
    from stage_days
)

select
    followed_days.lead_id,
    followed_days.stage,
    cast(sum(followed_days.occurrences) as bigint) as occurrences,
    max(followed_days.occurred_on) as last_on,
    {{ days_after(
        days_of_var('buying_stage_days'), 'max(followed_days.occurred_on)'
    ) }} as faded_on,
    min(followed_days.age_days) < {{ days_of_var('buying_stage_days') }} as is_held,
    max(case
        when
            followed_days.age_days_before - followed_days.age_days
            <= {{ days_of_var('buying_stage_days') }}
            then null
        else followed_days.occurred_on
    end) as held_since
from followed_days
group by followed_days.lead_id, followed_days.stage
