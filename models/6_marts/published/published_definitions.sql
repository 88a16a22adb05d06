{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of',
    full_refresh=false,
    pre_hook="{{ forget_unfinished_publication(this, 'as_of') }}",
    post_hook="{{ forget_what_is_before_the_last_day(this) }}"
) }}

-- The definitions of the criteria and limits by which the last two published days were scored.

with criterion_definitions as (
    select * from {{ ref('criterion_definitions') }}
),

publication_day as (
    select * from {{ ref('publication_day') }}
)

select
    publication_day.as_of,
    criterion_definitions.scoring_model,
    criterion_definitions.criterion,
    criterion_definitions.definition_key
from criterion_definitions
cross join publication_day
where publication_day.is_published
