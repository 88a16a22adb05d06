-- The business time of the moments that matter of each hand-off, in microseconds: that of the last
-- opening up to the moment, and what has gone by since, until the closing at most.
with handoffs as (
    select * from {{ ref('handoffs') }}
),

responses as (
    select * from {{ ref('handoff_responses') }}
),

intervals as (
    select * from {{ ref('business_intervals') }}
),

moment_times as (
    select
        handoffs.handoff_id,
        handoffs.calendar,
        handoffs.handed_off_at,
        handoffs.published_at,
        handoffs.clock_at,
        responses.first_attempt_at as attempt_at,
        responses.first_contact_at as contact_at
    from handoffs
    left join responses on handoffs.handoff_id = responses.handoff_id
),

moments as (
    {%- for moment in ['handed_off', 'published', 'clock', 'attempt', 'contact'] %}
    select
        moment_times.handoff_id,
        moment_times.calendar,
        '{{ moment }}' as moment,
        {{ microseconds('moment_times.' ~ moment ~ '_at') }} as happened
    from moment_times
    where moment_times.{{ moment }}_at is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

openings_and_moments as (
    select
        intervals.calendar,
        intervals.opens as happened,
        intervals.opens,
        intervals.closes,
        intervals.business_time_before,
        cast(null as {{ dbt.type_string() }}) as handoff_id,
        cast(null as {{ dbt.type_string() }}) as moment
    from intervals

    union all

    select
        moments.calendar,
        moments.happened,
        cast(null as bigint) as opens,
        cast(null as bigint) as closes,
        cast(null as bigint) as business_time_before,
        moments.handoff_id,
        moments.moment
    from moments
),

last_openings as (
    select
        openings_and_moments.handoff_id,
        openings_and_moments.moment,
        openings_and_moments.happened,
        {{ last_opening('openings_and_moments', ['happened']) }}
    from openings_and_moments
)

select
    last_openings.handoff_id,
    last_openings.moment,
    coalesce(
        last_openings.last_business_time_before
        + least(last_openings.happened, last_openings.last_closes)
        - last_openings.last_opens,
        0
    ) as business_time
from last_openings
where last_openings.handoff_id is not null
