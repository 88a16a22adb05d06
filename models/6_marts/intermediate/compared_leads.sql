-- Leads whose engagement is counted once more with the clock stopped at the last published day:
-- those that were active since or have other identities now. Of all others only the clock moved.
with compared_days as (
    select * from {{ ref('compared_days') }}
),

lead_keys as (
    select * from {{ ref('lead_keys') }}
),

activity_days as (
    select * from {{ ref('activity_days') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

scored_leads as (
    select scored_leads.*
    from {{ ref('scored_leads') }} as scored_leads
    where scored_leads.scoring_model not in (select challengers.challenger from challengers)
),

active_leads as (
    select distinct activity_days.lead_id
    from activity_days
    inner join compared_days
        on
            activity_days.as_of = compared_days.to_day
            and activity_days.occurred_on > compared_days.from_day
),

todays_keys as (
    select lead_keys.*
    from lead_keys
    inner join compared_days on lead_keys.as_of = compared_days.to_day
),

earlier_keys as (
    select lead_keys.*
    from lead_keys
    inner join compared_days on lead_keys.as_of = compared_days.from_day
),

-- A lead may have none on one of the days.
other_identities as (
    select coalesce(todays_keys.lead_id, earlier_keys.lead_id) as lead_id
    from todays_keys
    full outer join earlier_keys on todays_keys.lead_id = earlier_keys.lead_id
    where todays_keys.lead_key is distinct from earlier_keys.lead_key
),

-- How far activity counts: up to the last published day, and up to the run's.
counted_days as (
    select
        compared_days.from_day,
        compared_days.to_day,
        compared_days.from_day as as_of
    from compared_days

    union all

    select
        compared_days.from_day,
        compared_days.to_day,
        compared_days.to_day as as_of
    from compared_days
)

select
    counted_days.as_of,
    counted_days.from_day as clock_on,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    scored_leads.created_on
from scored_leads
inner join counted_days on scored_leads.as_of = counted_days.to_day
where
    scored_leads.lead_id in (select active_leads.lead_id from active_leads)
    or scored_leads.lead_id in (select other_identities.lead_id from other_identities)
