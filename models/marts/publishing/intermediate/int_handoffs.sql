-- All hand-offs to sales so far, with the calendar of the owner, and the first attempt and contact
-- after each, up to the time of the run. Merged contacts are one lead; a cancelled activity did not
-- take place. Empty in a run that publishes nothing.
with alerts as (
    select * from {{ ref('score_alerts') }}
    where crossing = 'tier' and response_minutes is not null
),

publication_day as (
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

contact_survivors as (
    select contact_survivors.*
    from {{ ref('int_contact_merges') }} as contact_survivors
    inner join publication_day on contact_survivors.as_of = publication_day.as_of
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
        coalesce(owner_calendars.calendar, default_calendar.calendar) as calendar,
        coalesce(contact_survivors.survivor_contact_id, alerts.lead_id) as survivor_id
    from alerts
    cross join publication_day
    cross join default_calendar
    left join owner_calendars on alerts.owner_id = owner_calendars.owner_id
    left join contact_survivors on alerts.lead_id = contact_survivors.contact_id
),

sales_activities as (
    select
        activity_rows.occurred_at,
        coalesce(activity_rows.direction, 'outbound') <> 'inbound' as is_attempt,
        coalesce(activity_rows.direction = 'inbound', false)
        or coalesce(activity_rows.outcome in ('connected', 'meeting_booked', 'held'), false)
            as is_contact,
        coalesce(contact_survivors.survivor_contact_id, activity_rows.contact_id) as survivor_id
    from {{ ref('int_activity_log') }} as activity_rows
    left join contact_survivors on activity_rows.contact_id = contact_survivors.contact_id
    where
        activity_rows.source = 'sales'
        and activity_rows.row_status = 'used'
        and coalesce(activity_rows.outcome, '') <> 'cancelled'
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
    handoffs.handed_off_at,
    handoffs.published_at,
    handoffs.clock_at,
    responses.first_attempt_at,
    responses.first_contact_at
from handoffs
left join responses on handoffs.handoff_id = responses.handoff_id
