-- depends_on: {{ ref('configuration_check') }}
{{ config(materialized='ephemeral') }}
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

grade_bands as (
    select
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_word('dimension') }} as dimension,
        upper({{ cell('grade') }}) as grade,
        coalesce({{ cell_number('min_score') }}, 0) as min_score
    from {{ ref('grade_bands') }}
)

select
    scoring_models.scoring_model,
    grade_bands.dimension,
    grade_bands.grade,
    grade_bands.min_score
from grade_bands
inner join scoring_models
    on grade_bands.scoring_model_word = lower(scoring_models.scoring_model)
