{{ config(materialized='view') }}

-- Whom sales was to respond to, by when, and when it did.
with published_handoffs as (
    select * from {{ ref('published_handoffs') }}
)

select
    cast(published_handoffs.handoff_id as {{ dbt.type_string() }}) as handoff_id,
    cast(published_handoffs.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(published_handoffs.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(published_handoffs.tier as {{ dbt.type_string() }}) as tier,
    published_handoffs.score,
    cast(published_handoffs.owner_id as {{ dbt.type_string() }}) as owner_id,
    cast(published_handoffs.calendar as {{ dbt.type_string() }}) as calendar,
    published_handoffs.response_minutes,
    published_handoffs.handed_off_at,
    published_handoffs.published_at,
    published_handoffs.run_delay_minutes,
    published_handoffs.due_at,
    published_handoffs.due_from_publication_at,
    published_handoffs.first_attempt_at,
    published_handoffs.first_contact_at,
    published_handoffs.responded_at,
    published_handoffs.minutes_to_attempt,
    published_handoffs.minutes_to_contact,
    published_handoffs.minutes_to_response,
    published_handoffs.minutes_to_response_from_publication,
    published_handoffs.minutes_waited,
    cast(published_handoffs.sla_status as {{ dbt.type_string() }}) as sla_status,
    cast(published_handoffs.sla_status_from_publication as {{ dbt.type_string() }})
        as sla_status_from_publication
from published_handoffs
