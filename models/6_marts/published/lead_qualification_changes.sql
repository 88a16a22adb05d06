{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='changed_on',
    full_refresh=false,
    pre_hook=["{{ forget_unfinished_publication(this) }}", "{{ forget_erased_leads(this) }}"],
    post_hook="delete from {{ this }} where lead_id is null"
) }}

-- Each change of a published qualification: when a lead became or ceased to be an MQL or SQL.

with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

publication_day as (
    select * from {{ ref('publication_day') }}
),

{% if is_incremental() %}
ranked_changes as (
    select
        stored.*,
        row_number() over (
            partition by stored.lead_id, stored.scoring_model
            order by stored.changed_on desc
        ) as change_rank
    from {{ this }} as stored
    where stored.changed_on < {{ as_of() }}
),

last_published as (
    select
        ranked_changes.lead_id,
        ranked_changes.scoring_model,
        ranked_changes.qualification
    from ranked_changes
    where ranked_changes.change_rank = 1
),
{% else %}
last_published as (
    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        cast(null as {{ dbt.type_string() }}) as qualification
    from publication_day
    where false
),
{% endif %}

changes as (
    select
        coalesce(lead_scores.lead_id, last_published.lead_id) as lead_id,
        coalesce(lead_scores.scoring_model, last_published.scoring_model) as scoring_model,
        {{ as_of() }} as changed_on,
        lead_scores.qualification,
        last_published.qualification as previous_qualification
    from lead_scores
    full outer join last_published
        on
            lead_scores.lead_id = last_published.lead_id
            and lead_scores.scoring_model = last_published.scoring_model
    where lead_scores.qualification is distinct from last_published.qualification
),

final as (
    select changes.*
    from changes
    cross join publication_day
    where publication_day.is_published

    {% if is_incremental() %}
    -- Takes the place of what an earlier run of the same day published; then swept.
    union all

    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        {{ as_of() }} as changed_on,
        cast(null as {{ dbt.type_string() }}) as qualification,
        cast(null as {{ dbt.type_string() }}) as previous_qualification
    from publication_day
    where publication_day.is_published
    {% endif %}
)

select * from final
