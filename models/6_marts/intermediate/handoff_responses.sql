-- The first attempt and the first contact after each hand-off, up to the time of the run. Merged
-- contacts are one lead; what was cancelled did not take place.
with handoffs as (
    select
        handoffs.handoff_id,
        handoffs.lead_id,
        handoffs.as_of,
        handoffs.handed_off_at,
        handoffs.clock_at
    from {{ ref('handoffs') }} as handoffs
),

contact_survivors as (
    select * from {{ ref('contact_survivors') }}
),

sales_activities as (
    select
        activity_rows.contact_id,
        activity_rows.occurred_at,
        coalesce(activity_rows.direction, 'outbound') <> 'inbound' as is_attempt,
        coalesce(activity_rows.direction = 'inbound', false)
        or coalesce(activity_rows.outcome in ('connected', 'meeting_booked', 'held'), false)
            as is_contact
    from {{ ref('kept_activity_rows') }} as activity_rows
    where
        activity_rows.source = 'sales'
        and activity_rows.row_status = 'used'
        and coalesce(activity_rows.outcome, '') <> 'cancelled'
),

handed_off_people as (
    select
        handoffs.handoff_id,
        handoffs.handed_off_at,
        handoffs.clock_at,
        coalesce(contact_survivors.survivor_contact_id, handoffs.lead_id) as lead_id
    from handoffs
    left join contact_survivors
        on
            handoffs.as_of = contact_survivors.as_of
            and handoffs.lead_id = contact_survivors.contact_id
),

run_day as (
    select max(handoffs.as_of) as as_of
    from handoffs
),

lead_activities as (
    select
        sales_activities.occurred_at,
        sales_activities.is_attempt,
        sales_activities.is_contact,
        coalesce(contact_survivors.survivor_contact_id, sales_activities.contact_id) as lead_id
    from sales_activities
    cross join run_day
    left join contact_survivors
        on
            run_day.as_of = contact_survivors.as_of
            and sales_activities.contact_id = contact_survivors.contact_id
)

select
    handed_off_people.handoff_id,
    min(case when lead_activities.is_attempt then lead_activities.occurred_at end)
        as first_attempt_at,
    min(case when lead_activities.is_contact then lead_activities.occurred_at end)
        as first_contact_at
from handed_off_people
inner join lead_activities
    on
        handed_off_people.lead_id = lead_activities.lead_id
        and handed_off_people.handed_off_at < lead_activities.occurred_at
        and handed_off_people.clock_at >= lead_activities.occurred_at
group by handed_off_people.handoff_id
