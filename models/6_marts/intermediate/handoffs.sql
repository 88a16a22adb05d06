-- Every hand-off to sales so far, with the calendar by which its owner works. None in a run that
-- publishes nothing.
with alerts as (
    select * from {{ ref('published_alerts') }}
),

publication_day as (
    select * from {{ ref('publication_day') }}
),

default_calendar as (
    select calendars.calendar
    from {{ ref('config_calendars') }} as calendars
    where calendars.is_default
),

owner_calendars as (
    select * from {{ ref('config_owner_calendars') }}
)

select
    alerts.alert_id as handoff_id,
    alerts.lead_id,
    alerts.scoring_model,
    alerts.tier,
    alerts.score,
    alerts.owner_id,
    alerts.crossed_at as handed_off_at,
    alerts.published_at,
    publication_day.as_of,
    publication_day.published_at as clock_at,
    cast(alerts.response_minutes as bigint) as response_minutes,
    coalesce(owner_calendars.calendar, default_calendar.calendar) as calendar
from alerts
cross join publication_day
cross join default_calendar
left join owner_calendars on alerts.owner_id = owner_calendars.owner_id
where
    publication_day.is_published
    and alerts.crossing = 'tier'
    and alerts.response_minutes is not null
