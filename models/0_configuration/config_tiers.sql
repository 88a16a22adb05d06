-- depends_on: {{ ref('configuration_check') }}
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

tiers as (
    select
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_number('rank') }} as tier_rank,
        {{ cell('tier') }} as tier,
        {{ cell_number('min_score') }} as min_score,
        {{ cell_number('keep_score') }} as keep_score,
        {{ cell_word('fit_grades') }} as fit_grades,
        {{ cell_word('engagement_grades') }} as engagement_grades,
        {{ cell_number('response_minutes') }} as response_minutes,
        coalesce({{ cell_word('response_unit') }}, 'business_minutes') as response_unit,
        {{ cell('action') }} as action
    from {{ ref('tiers') }}
)

select
    scoring_models.scoring_model,
    tiers.tier_rank,
    tiers.tier,
    tiers.min_score,
    tiers.keep_score,
    tiers.fit_grades,
    tiers.engagement_grades,
    tiers.response_minutes,
    tiers.response_unit,
    tiers.action
from tiers
inner join scoring_models
    on tiers.scoring_model_word = lower(scoring_models.scoring_model)
