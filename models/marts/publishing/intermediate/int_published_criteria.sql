{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of',
    full_refresh=false,
    pre_hook="{{ delete_unfinished_publication(this, 'as_of') }}",
    post_hook="{{ delete_rows_of_earlier_days(this) }}"
) }}

-- Definitions of the criteria and limits with which the last three published days were scored, and
-- of everything else that a scoring model consists of. Challengers publish nothing.

with scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

grade_bands as (
    select * from {{ ref('config_grade_bands') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

model_rows as (
    select
        scoring_models.scoring_model,
        {{ hash_key(prefixed('scoring_models', [
            'fit_target', 'engagement_target', 'fit_weight', 'engagement_weight', 'mql_score',
            'sql_score',
        ])) }} as row_key
    from scoring_models

    union all

    select
        score_gates.scoring_model,
        {{ hash_key(prefixed('score_gates', [
            'criterion_word', 'applies_when', 'max_score', 'disqualifies',
        ])) }} as row_key
    from score_gates

    union all

    select
        grade_bands.scoring_model,
        {{ hash_key(prefixed('grade_bands', ['dimension', 'grade', 'min_score'])) }} as row_key
    from grade_bands

    union all

    select
        tiers.scoring_model,
        {{ hash_key(prefixed('tiers', [
            'tier_rank', 'tier', 'min_score', 'keep_score', 'fit_grades', 'engagement_grades',
        ])) }} as row_key
    from tiers
),

definitions as (
    select
        scoring_criteria.scoring_model,
        scoring_criteria.criterion,
        scoring_criteria.definition_key
    from scoring_criteria

    union all

    -- No criterion has an empty name.
    select
        model_rows.scoring_model,
        '' as criterion,
        cast(sum({{ key_checksum('model_rows.row_key') }}) as bigint) as definition_key
    from model_rows
    group by model_rows.scoring_model

    union all

    -- Apart, because it decides who is scored. No limit has this name.
    select
        scoring_models.scoring_model,
        'limit:population' as criterion,
        {{ hash_key(['scoring_models.population']) }} as definition_key
    from scoring_models
),

publication as (
    select * from {{ ref('int_publication') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
)

select
    publication.as_of,
    definitions.scoring_model,
    definitions.criterion,
    definitions.definition_key
from definitions
cross join publication
where
    publication.is_published
    and definitions.scoring_model not in (select challengers.challenger from challengers)
