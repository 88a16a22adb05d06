-- depends_on: {{ ref('configuration_check') }}
{{ config(materialized='ephemeral') }}
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

score_gates as (
    select
        {{ cell('gate') }} as gate,
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_word('criterion') }} as criterion_word,
        {{ cell_word('when') }} as applies_when,
        {{ cell_number('max_score') }} as max_score,
        coalesce({{ try_boolean(cell('disqualifies')) }}, false) as disqualifies,
        {{ cell('description') }} as description
    from {{ ref('score_gates') }}
)

select
    score_gates.gate,
    scoring_models.scoring_model,
    score_gates.criterion_word,
    score_gates.applies_when,
    score_gates.max_score,
    score_gates.disqualifies,
    score_gates.description
from score_gates
inner join scoring_models
    on score_gates.scoring_model_word = lower(scoring_models.scoring_model)
