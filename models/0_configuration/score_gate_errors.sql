-- Errors in seeds/scoring/score_gates.csv: gates without a criterion or an effect.
{{ config(materialized='ephemeral') }}
with scoring_models as (
    {{ configuration_rows('scoring/scoring_models', ['scoring_model_word']) }}
),

fit_criteria as (
    {{ configuration_rows('scoring/fit_criteria', ['criterion_word', 'scoring_model_word']) }}
),

engagement_criteria as (
    {{ configuration_rows('scoring/engagement_criteria', [
        'criterion_word', 'scoring_model_word',
    ]) }}
),

criteria as (
    select * from fit_criteria

    union all

    select * from engagement_criteria
),

score_gates as (
    {{ configuration_rows('scoring/score_gates', [
        'scoring_model_text', 'scoring_model_word', 'criterion_text', 'criterion_word',
        'max_score_text', 'disqualifies_text',
    ]) }}
)

select
    'scoring/score_gates' as file,
    score_gates.row_name,
    'criterion "' || score_gates.criterion_text || '" of scoring model '
    || score_gates.scoring_model_text || ' does not exist; write one of '
    || 'seeds/scoring/fit_criteria.csv or seeds/scoring/engagement_criteria.csv' as mistake
from score_gates
inner join scoring_models on score_gates.scoring_model_word = scoring_models.scoring_model_word
left join criteria
    on
        score_gates.criterion_word = criteria.criterion_word
        and score_gates.scoring_model_word = criteria.scoring_model_word
where score_gates.criterion_text is not null and criteria.row_name is null

union all

select
    'scoring/score_gates' as file,
    score_gates.row_name,
    'the gate has no effect; write a max_score that caps the score, or true as disqualifies'
        as mistake
from score_gates
where
    score_gates.max_score_text is null
    and (
        score_gates.disqualifies_text is null
        or not {{ try_boolean('score_gates.disqualifies_text') }}
    )
