{{ config(materialized='table') }}

-- Redone are the leads whose facts are no longer those that were counted (one whose identities
-- changed has another lead_key), and the activities that are no longer defined as they were; of
-- both, all days. A lead_key that no as-of day needs goes.

with activity_kinds as (
    select * from {{ ref('activity_kinds') }}
),

lead_checksums as (
    select
        lead_facts.lead_key,
        cast(sum(lead_facts.checksum) as bigint) as facts_checksum
    from {{ ref('lead_facts') }} as lead_facts
    group by lead_facts.lead_key
),

{% if is_incremental() %}
stored_leads as (
    select
        stored.lead_key,
        min(stored.facts_checksum) as facts_checksum,
        max(stored.facts_checksum) as last_facts_checksum
    from {{ this }} as stored
    group by stored.lead_key
),

changed_leads as (
    select coalesce(lead_checksums.lead_key, stored_leads.lead_key) as lead_key
    from lead_checksums
    full outer join stored_leads on lead_checksums.lead_key = stored_leads.lead_key
    where
        lead_checksums.facts_checksum is distinct from stored_leads.facts_checksum
        or lead_checksums.facts_checksum is distinct from stored_leads.last_facts_checksum
),

defined_activities as (
    select distinct
        activity_kinds.activity,
        activity_kinds.definition_key
    from activity_kinds
),

stored_activities as (
    select
        stored.activity,
        min(stored.definition_key) as definition_key,
        max(stored.definition_key) as last_definition_key
    from {{ this }} as stored
    group by stored.activity
),

changed_activities as (
    select coalesce(defined_activities.activity, stored_activities.activity) as activity
    from defined_activities
    full outer join stored_activities
        on defined_activities.activity = stored_activities.activity
    where
        defined_activities.definition_key is distinct from stored_activities.definition_key
        or defined_activities.definition_key
        is distinct from stored_activities.last_definition_key
),
{% endif %}

counted as (
    select
        lead_facts.lead_key,
        activity_kinds.activity,
        lead_facts.occurred_on,
        cast(sum(lead_facts.occurrences) as bigint) as occurrences,
        cast(sum(
            case activity_kinds.quantity
                when 'duration_seconds' then lead_facts.duration_seconds
                when 'percent_complete' then lead_facts.percent_complete
                when 'quantity' then lead_facts.quantity
            end
        ) as decimal(38, 9)) as quantity,
        max(lead_facts.last_occurred_at) as last_occurred_at,
        min(activity_kinds.definition_key) as definition_key
    from {{ ref('lead_facts') }} as lead_facts
    inner join activity_kinds on lead_facts.kind_key = activity_kinds.kind_key
    {% if is_incremental() %}
    where
        lead_facts.lead_key in (select changed_leads.lead_key from changed_leads)
        or activity_kinds.activity in (select changed_activities.activity from changed_activities)
    {% endif %}
    group by lead_facts.lead_key, activity_kinds.activity, lead_facts.occurred_on
),

final as (
    select
        counted.lead_key,
        counted.activity,
        counted.occurred_on,
        counted.occurrences,
        counted.quantity,
        counted.last_occurred_at,
        counted.definition_key,
        lead_checksums.facts_checksum
    from counted
    inner join lead_checksums on counted.lead_key = lead_checksums.lead_key

    {% if is_incremental() %}
    -- What is no longer there: deleted by lead_key and activity, then swept.
    union all

    select distinct
        stored.lead_key,
        stored.activity,
        cast(null as date) as occurred_on,
        cast(0 as bigint) as occurrences,
        cast(null as decimal(38, 9)) as quantity,
        cast(null as timestamp) as last_occurred_at,
        stored.definition_key,
        stored.facts_checksum
    from {{ this }} as stored
    where
        (
            stored.lead_key in (select changed_leads.lead_key from changed_leads)
            or stored.activity in (select changed_activities.activity from changed_activities)
        )
        and not exists (
            select 1
            from counted
            where
                stored.lead_key = counted.lead_key
                and stored.activity = counted.activity
        )
    {% endif %}
)

select * from final
