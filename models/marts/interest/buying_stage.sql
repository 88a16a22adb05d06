-- How far each lead has come in the purchase, on the as-of day of the run.
with leads as (
    select * from {{ ref('int_current_leads') }}
),

signs as (
    select * from {{ ref('int_lead_stage_signs') }}
),

by_lead as (
    select
        leads.lead_id,
        awareness.last_on as awareness_last_on,
        consideration.last_on as consideration_last_on,
        decision.last_on as decision_last_on,
        decision.held_since as decision_since,
        coalesce(awareness.occurrences, 0) as awareness_occurrences,
        coalesce(consideration.occurrences, 0) as consideration_occurrences,
        coalesce(decision.occurrences, 0) as decision_occurrences,
        coalesce(awareness.is_held, false) as is_aware,
        coalesce(consideration.is_held, false) as is_considering,
        coalesce(decision.is_held, false) as is_deciding,
        -- A stage starts again once the activity of later stages has faded.
        greatest(
            consideration.held_since, coalesce(decision.faded_on, consideration.held_since)
        ) as consideration_since,
        greatest(
            awareness.held_since,
            coalesce(consideration.faded_on, awareness.held_since),
            coalesce(decision.faded_on, awareness.held_since)
        ) as awareness_since
    from leads
    left join signs as awareness
        on leads.lead_id = awareness.lead_id and awareness.stage = 'awareness'
    left join signs as consideration
        on leads.lead_id = consideration.lead_id and consideration.stage = 'consideration'
    left join signs as decision
        on leads.lead_id = decision.lead_id and decision.stage = 'decision'
),

last_signs as (
    select
        signs.lead_id,
        max(signs.last_on) as last_sign_on,
        max(signs.faded_on) as faded_since
    from signs
    group by signs.lead_id
)

select
    cast(by_lead.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(case
        when by_lead.is_deciding then 'decision'
        when by_lead.is_considering then 'consideration'
        when by_lead.is_aware then 'awareness'
        when by_lead.decision_occurrences > 0 then 'decision'
        when by_lead.consideration_occurrences > 0 then 'consideration'
        when by_lead.awareness_occurrences > 0 then 'awareness'
    end as {{ dbt.type_string() }}) as stage,
    case
        when by_lead.is_deciding or by_lead.is_considering or by_lead.is_aware then false
        when last_signs.lead_id is not null then true
    end as is_faded,
    case
        when by_lead.is_deciding then by_lead.decision_since
        when by_lead.is_considering then by_lead.consideration_since
        when by_lead.is_aware then by_lead.awareness_since
        else last_signs.faded_since
    end as stage_since,
    last_signs.last_sign_on,
    cast(by_lead.awareness_occurrences as bigint) as awareness_occurrences,
    by_lead.awareness_last_on,
    cast(by_lead.consideration_occurrences as bigint) as consideration_occurrences,
    by_lead.consideration_last_on,
    cast(by_lead.decision_occurrences as bigint) as decision_occurrences,
    by_lead.decision_last_on
from by_lead
left join last_signs on by_lead.lead_id = last_signs.lead_id
