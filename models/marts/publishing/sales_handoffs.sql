{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='handoff_id',
    full_refresh=false,
    meta={'was_kept_in': 'published_handoffs'},
    on_schema_change='append_new_columns',
    post_hook="{{ delete_handoffs_without_alert(this) }}"
) }}

-- Hand-offs to sales, when a response was due and when it came, up to the last publication. A
-- hand-off is deleted together with its alert.
with handoffs as (
    select * from {{ ref('int_handoffs') }}
),

times as (
    select * from {{ ref('int_handoff_times') }}
),

timed as (
    select
        handoffs.*,
        times.due_at,
        times.due_from_publication_at,
        -- The smaller of the two, either of which may be null.
        case
            when handoffs.first_attempt_at <= handoffs.first_contact_at
                then handoffs.first_attempt_at
            else coalesce(handoffs.first_contact_at, handoffs.first_attempt_at)
        end as responded_at,
        case
            when times.first_attempt_time <= times.first_contact_time
                then times.first_attempt_time
            else coalesce(times.first_contact_time, times.first_attempt_time)
        end as response_time,
        {{ microseconds('handoffs.published_at') }} - {{ microseconds('handoffs.handed_off_at') }}
            as run_delay,
        times.handed_off_time,
        times.published_time,
        times.clock_time,
        times.first_attempt_time,
        times.first_contact_time
    from handoffs
    inner join times on handoffs.handoff_id = times.handoff_id
)

-- Minutes are rounded up.
select
    timed.handoff_id,
    timed.lead_id,
    timed.scoring_model,
    timed.tier,
    timed.score,
    timed.owner_id,
    timed.calendar,
    timed.response_minutes,
    timed.response_unit,
    timed.handed_off_at,
    timed.published_at,
    {{ begun_minutes('timed.run_delay') }} as run_delay_minutes,
    timed.due_at,
    timed.due_from_publication_at,
    timed.first_attempt_at,
    timed.first_contact_at,
    timed.responded_at,
    {{ begun_minutes('timed.first_attempt_time - timed.handed_off_time') }} as minutes_to_attempt,
    {{ begun_minutes('timed.first_contact_time - timed.handed_off_time') }} as minutes_to_contact,
    {{ begun_minutes('timed.response_time - timed.handed_off_time') }} as minutes_to_response,
    case
        when timed.response_time < timed.published_time then 0
        else {{ begun_minutes('timed.response_time - timed.published_time') }}
    end as minutes_to_response_from_publication,
    {{ begun_minutes('coalesce(timed.response_time, timed.clock_time) - timed.handed_off_time') }}
        as minutes_waited,
    {{ sla_status('due_at', 'handed_off_time') }} as sla_status,
    {{ sla_status('due_from_publication_at', 'published_time') }} as sla_status_from_publication
from timed
