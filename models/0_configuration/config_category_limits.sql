-- depends_on: {{ ref('configuration_check') }}
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

category_limits as (
    select
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_word('dimension') }} as dimension,
        {{ cell('category') }} as category,
        {{ cell_number('min_points') }} as min_points,
        {{ cell_number('max_points') }} as max_points
    from {{ ref('category_limits') }}
)

select
    scoring_models.scoring_model,
    category_limits.dimension,
    category_limits.category,
    category_limits.min_points,
    category_limits.max_points
from category_limits
inner join scoring_models
    on category_limits.scoring_model_word = lower(scoring_models.scoring_model)
