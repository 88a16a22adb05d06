{{ config(post_hook=["{{ record_time_of_publication() }}", "{{ record_publication() }}"]) }}

-- The last model that publishes; with it the day is published.
-- depends_on: {{ ref('lead_qualification_changes') }}
-- depends_on: {{ ref('published_alerts') }}
-- depends_on: {{ ref('published_definitions') }}
-- depends_on: {{ ref('published_handoffs') }}
-- The published tier of each lead: the last change, unless it ended the scoring.
with ranked_changes as (
    select
        changes.*,
        row_number() over (
            partition by changes.lead_id, changes.scoring_model
            order by changes.changed_on desc
        ) as change_rank
    from {{ ref('lead_tier_changes') }} as changes
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
