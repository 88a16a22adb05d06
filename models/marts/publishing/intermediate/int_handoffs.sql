-- All hand-offs to sales so far, with the calendar of the owner, and the first attempt and contact
-- after each, up to the time of the run. Merged contacts are one lead. Empty in a run that
-- publishes nothing.
with score_alerts as (
    select * from {{ ref('score_alerts') }}
    where crossing = 'tier' and response_minutes is not null
),

first_handoffs as (
    select * from {{ ref('int_first_handoffs') }}
),

alerts as (
    select
        score_alerts.alert_id,
        score_alerts.lead_id,
        score_alerts.scoring_model,
        score_alerts.tier,
        score_alerts.score,
        score_alerts.owner_id,
        score_alerts.response_minutes,
        score_alerts.response_unit,
        score_alerts.crossed_at,
        score_alerts.published_at
    from score_alerts

    union all

    select
        first_handoffs.alert_id,
        first_handoffs.lead_id,
        first_handoffs.scoring_model,
        first_handoffs.tier,
        first_handoffs.score,
        first_handoffs.owner_id,
        first_handoffs.response_minutes,
        first_handoffs.response_unit,
        first_handoffs.crossed_at,
        first_handoffs.published_at
    from first_handoffs
),

publication as (
    select * from {{ ref('int_publication') }}
    where is_published
),

default_calendar as (
    select calendars.calendar
    from {{ ref('config_calendars') }} as calendars
    where calendars.is_default
),

owner_calendars as (
    select * from {{ ref('config_owner_calendars') }}
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join publication on contact_merges.as_of = publication.as_of
),

handoffs as (
    select
        alerts.alert_id as handoff_id,
        alerts.lead_id,
        alerts.scoring_model,
        alerts.tier,
        alerts.score,
        alerts.owner_id,
        alerts.crossed_at as handed_off_at,
        alerts.published_at,
        {{ known_until() }} as clock_at,
        alerts.response_minutes,
        -- Alerts of versions before response_unit have none.
        coalesce(alerts.response_unit, 'business_minutes') as response_unit,
        coalesce(owner_calendars.calendar, default_calendar.calendar) as calendar,
        coalesce(contact_merges.survivor_contact_id, alerts.lead_id) as survivor_id
    from alerts
    cross join publication
    cross join default_calendar
    left join owner_calendars on alerts.owner_id = owner_calendars.owner_id
    left join contact_merges on alerts.lead_id = contact_merges.contact_id
),

sales_activities as (
    select
        activities.occurred_at,
        activities.survivor_id,
        {{ is_attempt('activities') }} as is_attempt,
        coalesce(activities.direction = 'inbound', false)
        or coalesce(activities.outcome in ('connected', 'meeting_booked', 'held'), false)
            as is_contact
    from {{ ref('int_sales_activities') }} as activities
),

responses as (
    select
        handoffs.handoff_id,
        min(case when sales_activities.is_attempt then sales_activities.occurred_at end)
            as first_attempt_at,
        min(case when sales_activities.is_contact then sales_activities.occurred_at end)
            as first_contact_at
    from handoffs
    inner join sales_activities
        on
            handoffs.survivor_id = sales_activities.survivor_id
            and handoffs.handed_off_at < sales_activities.occurred_at
            and handoffs.clock_at >= sales_activities.occurred_at
    group by handoffs.handoff_id
)

select
    handoffs.handoff_id,
    handoffs.lead_id,
    handoffs.scoring_model,
    handoffs.tier,
    handoffs.score,
    handoffs.owner_id,
    handoffs.calendar,
    handoffs.response_minutes,
    handoffs.response_unit,
    handoffs.handed_off_at,
    handoffs.published_at,
    handoffs.clock_at,
    responses.first_attempt_at,
    responses.first_contact_at
from handoffs
left join responses on handoffs.handoff_id = responses.handoff_id
