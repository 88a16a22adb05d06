{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'was_kept_in': 'published_scores'},
    on_schema_change='append_new_columns',
    pre_hook=[
        "{{ delete_rows_to_republish(this, 'score_date') }}",
        "{{ forget_erased_leads(this, 'score_date') }}"
    ]
) }}

-- Published scores of each lead: one row per day on which anything changed. The last row up to a
-- day gives the scores of that day.

with lead_scores as (
    select
        lead_scores.*,
        scoring_models.mql_score <= lead_scores.score
        and not lead_scores.is_disqualified as is_mql_reached,
        scoring_models.sql_score <= lead_scores.score
        and not lead_scores.is_disqualified as is_sql_reached
    from {{ ref('lead_scores') }} as lead_scores
    inner join {{ ref('config_scoring_models') }} as scoring_models
        on lead_scores.scoring_model = scoring_models.scoring_model
),

publication as (
    select * from {{ ref('int_publication') }}
),

{% if is_incremental() %}
ranked_rows as (
    select
        stored.*,
        row_number() over (
            partition by stored.lead_id, stored.scoring_model
            order by stored.score_date desc
        ) as day_rank
    from {{ this }} as stored
    where stored.score_date < {{ as_of() }}
),

last_published as (
    select * from ranked_rows
    where day_rank = 1
),
{% else %}
last_published as (
    select lead_scores.*
    from lead_scores
    where false
),
{% endif %}

changes as (
    select
        coalesce(lead_scores.lead_id, last_published.lead_id) as lead_id,
        coalesce(lead_scores.scoring_model, last_published.scoring_model) as scoring_model,
        {{ as_of() }} as score_date,
        {{ prefixed('lead_scores', published_score_columns()) | join(',\n        ') }}
    from lead_scores
    full outer join last_published
        on
            lead_scores.lead_id = last_published.lead_id
            and lead_scores.scoring_model = last_published.scoring_model
    where
        false
        {%- for name in published_score_columns() %}
        or lead_scores.{{ name }} is distinct from last_published.{{ name }}
        {%- endfor %}
)

select changes.*
from changes
cross join publication
where publication.is_published
