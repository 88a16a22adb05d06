{{ config(
    post_hook=["{{ record_time_of_publication() }}", "{{ record_publication() }}"],
    meta={'is_always_built': true}
) }}

-- The last model that publishes: its hooks record the day and, in every run, the time.
-- depends_on: {{ ref('score_alerts') }}
-- depends_on: {{ ref('int_published_criteria') }}
-- depends_on: {{ ref('sales_handoffs') }}
-- The published tier of each lead: the last change, unless it ended the scoring.
with last_changes as (
    {{ last_of_each_lead(ref('int_lead_tier_changes'), 'changed_on') }}
)

select
    cast(last_changes.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(last_changes.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(last_changes.tier as {{ dbt.type_string() }}) as tier,
    last_changes.changed_on as tier_since,
    cast(last_changes.previous_tier as {{ dbt.type_string() }}) as previous_tier,
    cast(last_changes.changed_because as {{ dbt.type_string() }}) as changed_because
from last_changes
where last_changes.tier is not null
