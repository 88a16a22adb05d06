{{ config(materialized='ephemeral') }}

-- Times of each hand-off as business time, in microseconds, and when a response is due. The
-- business time of a moment is that of the last opening before it plus the time since then, at most
-- until closing. A due time that falls on a closing is due then, not at the next opening. In unit
-- minutes all time counts, as if the calendar were always open.
{% set moments = ['handed_off', 'published', 'clock', 'first_attempt', 'first_contact'] %}
with handoffs as (
    select * from {{ ref('int_handoffs') }}
),

intervals as (
    select * from {{ ref('int_business_intervals') }}
),

openings_and_moments as (
    select
        intervals.calendar,
        intervals.opens as happened,
        intervals.opens,
        intervals.closes,
        intervals.business_time_before,
        cast(null as {{ dbt.type_string() }}) as handoff_id,
        cast(null as {{ dbt.type_string() }}) as moment,
        cast(null as bigint) as response_minutes,
        cast(null as {{ dbt.type_string() }}) as response_unit
    from intervals
    {%- for moment in moments %}

    union all

    select
        handoffs.calendar,
        {{ microseconds('handoffs.' ~ moment ~ '_at') }} as happened,
        cast(null as bigint) as opens,
        cast(null as bigint) as closes,
        cast(null as bigint) as business_time_before,
        handoffs.handoff_id,
        '{{ moment }}' as moment,
        handoffs.response_minutes,
        handoffs.response_unit
    from handoffs
    where handoffs.{{ moment }}_at is not null
    {%- endfor %}
),

openings_before_moments as (
    select
        openings_and_moments.*,
        {{ last_opening('openings_and_moments', ['happened']) }}
    from openings_and_moments
),

moment_times as (
    select
        moments.calendar,
        moments.handoff_id,
        moments.moment,
        moments.response_minutes,
        moments.response_unit,
        case
            when moments.response_unit = 'minutes' then moments.happened
            else
                coalesce(
                    moments.last_business_time_before
                    + least(moments.happened, moments.last_closes)
                    - moments.last_opens,
                    0
                )
        end as business_time
    from openings_before_moments as moments
    where moments.handoff_id is not null
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
        cast(null as {{ dbt.type_string() }}) as moment,
        cast(null as {{ dbt.type_string() }}) as response_unit
    from intervals

    union all

    select
        moment_times.calendar,
        moment_times.business_time + moment_times.response_minutes * 60000000 as business_time,
        0 as is_opening,
        cast(null as bigint) as opens,
        cast(null as bigint) as closes,
        cast(null as bigint) as business_time_before,
        moment_times.handoff_id,
        moment_times.moment,
        moment_times.response_unit
    from moment_times
    where moment_times.moment in ('handed_off', 'published')
),

openings_before_targets as (
    select
        openings_and_targets.*,
        {{ last_opening('openings_and_targets', ['business_time', 'is_opening']) }}
    from openings_and_targets
),

times as (
    select
        moment_times.handoff_id,
        moment_times.moment,
        moment_times.business_time,
        cast(null as bigint) as due
    from moment_times

    union all

    select
        targets.handoff_id,
        concat('due_from_', targets.moment) as moment,
        cast(null as bigint) as business_time,
        case
            when targets.response_unit = 'minutes' then targets.business_time
            when
                targets.last_opens + targets.business_time - targets.last_business_time_before
                <= targets.last_closes
                then targets.last_opens + targets.business_time - targets.last_business_time_before
        end as due
    from openings_before_targets as targets
    where targets.handoff_id is not null
)

select
    times.handoff_id,
    {%- for moment in moments %}
    max(case when times.moment = '{{ moment }}' then times.business_time end)
        as {{ moment }}_time,
    {%- endfor %}
    {{ timestamp_of_microseconds(
        "max(case when times.moment = 'due_from_handed_off' then times.due end)"
    ) }} as due_at,
    {{ timestamp_of_microseconds(
        "max(case when times.moment = 'due_from_published' then times.due end)"
    ) }} as due_from_publication_at
from times
group by times.handoff_id
