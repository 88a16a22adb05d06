{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='handoff_id',
    full_refresh=false,
    post_hook="{{ forget_handoffs_without_alert(this) }}"
) }}

-- Every hand-off to sales, with what became of it up to the last publication. It goes with its
-- alert.
with handoffs as (
    select * from {{ ref('handoffs') }}
),

responses as (
    select * from {{ ref('handoff_responses') }}
),

moment_times as (
    select
        moments.handoff_id,
        max(case when moments.moment = 'handed_off' then moments.business_time end)
            as handed_off_time,
        max(case when moments.moment = 'published' then moments.business_time end)
            as published_time,
        max(case when moments.moment = 'clock' then moments.business_time end)
            as clock_time,
        max(case when moments.moment = 'attempt' then moments.business_time end)
            as attempt_time,
        max(case when moments.moment = 'contact' then moments.business_time end)
            as contact_time
    from {{ ref('handoff_moments') }} as moments
    group by moments.handoff_id
),

deadlines as (
    select
        deadlines.handoff_id,
        max(case when deadlines.moment = 'handed_off' then deadlines.due_at end) as due_at,
        max(case when deadlines.moment = 'published' then deadlines.due_at end)
            as due_from_publication_at
    from {{ ref('handoff_deadlines') }} as deadlines
    group by deadlines.handoff_id
),

timed as (
    select
        handoffs.*,
        responses.first_attempt_at,
        responses.first_contact_at,
        deadlines.due_at,
        deadlines.due_from_publication_at,
        -- The least of both where one may be null.
        case
            when responses.first_attempt_at <= responses.first_contact_at
                then responses.first_attempt_at
            else coalesce(responses.first_contact_at, responses.first_attempt_at)
        end as responded_at,
        case
            when moment_times.attempt_time <= moment_times.contact_time
                then moment_times.attempt_time
            else coalesce(moment_times.contact_time, moment_times.attempt_time)
        end as response_time,
        {{ microseconds('handoffs.published_at') }} - {{ microseconds('handoffs.handed_off_at') }}
            as run_delay,
        moment_times.handed_off_time,
        moment_times.published_time,
        moment_times.clock_time,
        moment_times.attempt_time,
        moment_times.contact_time
    from handoffs
    inner join moment_times on handoffs.handoff_id = moment_times.handoff_id
    inner join deadlines on handoffs.handoff_id = deadlines.handoff_id
    left join responses on handoffs.handoff_id = responses.handoff_id
)

-- Minutes that have begun count whole.
select
    timed.handoff_id,
    timed.lead_id,
    timed.scoring_model,
    timed.tier,
    timed.score,
    timed.owner_id,
    timed.calendar,
    timed.response_minutes,
    timed.handed_off_at,
    timed.published_at,
    {{ begun_minutes('timed.run_delay') }} as run_delay_minutes,
    timed.due_at,
    timed.due_from_publication_at,
    timed.first_attempt_at,
    timed.first_contact_at,
    timed.responded_at,
    {{ begun_minutes('timed.attempt_time - timed.handed_off_time') }} as minutes_to_attempt,
    {{ begun_minutes('timed.contact_time - timed.handed_off_time') }} as minutes_to_contact,
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
