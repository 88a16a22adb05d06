{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of',
    full_refresh=false,
    pre_hook="{{ delete_unfinished_publication(this, 'as_of') }}",
    post_hook="{{ delete_rows_before_compared_day(this) }}"
) }}

-- Definitions of the criteria and limits with which the last two published days were scored.

with scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

publication as (
    select * from {{ ref('int_publication') }}
)

select
    publication.as_of,
    scoring_criteria.scoring_model,
    scoring_criteria.criterion,
    scoring_criteria.definition_key
from scoring_criteria
cross join publication
where publication.is_published
