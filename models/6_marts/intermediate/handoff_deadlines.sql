-- When a response to each hand-off is due, counted from the hand-off and from its publication. What
-- falls on a closing is due there, not at the next opening.
with handoffs as (
    select * from {{ ref('handoffs') }}
),

moments as (
    select * from {{ ref('handoff_moments') }}
    where moment in ('handed_off', 'published')
),

intervals as (
    select * from {{ ref('business_intervals') }}
),

targets as (
    select
        handoffs.handoff_id,
        moments.moment,
        handoffs.calendar,
        moments.business_time + handoffs.response_minutes * 60000000 as business_time
    from handoffs
    inner join moments on handoffs.handoff_id = moments.handoff_id
),

openings_and_targets as (
    select
        intervals.calendar,
        intervals.business_time_before as business_time,
        1 as is_opening,
        intervals.opens,
        intervals.closes,
        intervals.business_time_before,
        cast(null as {{ dbt.type_string() }}) as handoff_id,
        cast(null as {{ dbt.type_string() }}) as moment
    from intervals

    union all

    select
        targets.calendar,
        targets.business_time,
        0 as is_opening,
        cast(null as bigint) as opens,
        cast(null as bigint) as closes,
        cast(null as bigint) as business_time_before,
        targets.handoff_id,
        targets.moment
    from targets
),

last_openings as (
    select
        openings_and_targets.handoff_id,
        openings_and_targets.moment,
        openings_and_targets.business_time,
        {{ last_opening('openings_and_targets', ['business_time', 'is_opening']) }}
    from openings_and_targets
),

due_times as (
    select
        last_openings.handoff_id,
        last_openings.moment,
        last_openings.last_closes,
        last_openings.last_opens
        + last_openings.business_time
        - last_openings.last_business_time_before as due
    from last_openings
    where last_openings.handoff_id is not null
)

select
    due_times.handoff_id,
    due_times.moment,
    case
        when due_times.due <= due_times.last_closes
            then {{ timestamp_of_microseconds('due_times.due') }}
    end as due_at
from due_times
