{{ config(
    post_hook=["{{ record_time_of_publication() }}", "{{ record_publication() }}"],
    meta={'is_always_built': true}
) }}

-- The last model that publishes: its hooks record the day and, in every run, the time.
-- depends_on: {{ ref('score_alerts') }}
-- depends_on: {{ ref('int_published_criteria') }}
-- depends_on: {{ ref('sales_handoffs') }}
-- The published tier of each lead: the last change, unless it ended the scoring.
with ranked_changes as (
    select
        tier_changes.*,
        row_number() over (
            partition by tier_changes.lead_id, tier_changes.scoring_model
            order by tier_changes.changed_on desc
        ) as change_rank
    from {{ ref('int_lead_tier_changes') }} as tier_changes
)

select
    cast(ranked_changes.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(ranked_changes.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(ranked_changes.tier as {{ dbt.type_string() }}) as tier,
    ranked_changes.changed_on as tier_since,
    cast(ranked_changes.previous_tier as {{ dbt.type_string() }}) as previous_tier,
    cast(ranked_changes.changed_because as {{ dbt.type_string() }}) as changed_because
from ranked_changes
where
    ranked_changes.change_rank = 1
    and ranked_changes.tier is not null
