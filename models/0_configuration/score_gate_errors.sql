-- Configuration errors in seeds/scoring/score_gates.csv.
{{ config(materialized='ephemeral') }}
{% set checks = [
    empty_cell('score_gates', 'gate', 'write a name for the gate'),
    empty_cell('score_gates', 'scoring_model', 'write the scoring model that it belongs to'),
    unknown_scoring_model('score_gates'),
    repeated_key('score_gates', 'score_gates'),
    empty_cell(
        'score_gates', 'criterion', 'write the criterion that decides whether the gate applies'
    ),
    [
        "score_gates.criterion_text is not null"
        ~ " and " ~ known_scoring_model('score_gates')
        ~ " and not exists (select 1 from criteria"
        ~ " where criteria.criterion_word = score_gates.criterion_word"
        ~ " and criteria.scoring_model_word = score_gates.scoring_model_word)",
        'criterion "[criterion]" of scoring model [scoring_model] does not exist; write one of '
        ~ 'seeds/scoring/fit_criteria.csv or seeds/scoring/engagement_criteria.csv',
    ],
    empty_cell('score_gates', 'when', 'write met or not_met'),
    unknown_word('score_gates', 'when', configuration_words('when')),
    [
        "score_gates.disqualifies_text is not null"
        ~ " and " ~ try_boolean('score_gates.disqualifies_text') ~ " is null",
        'disqualifies "[disqualifies]" is not known; write true or false',
    ],
    [
        "score_gates.max_score_text is null and (score_gates.disqualifies_text is null"
        ~ " or " ~ try_boolean('score_gates.disqualifies_text') ~ " = false)",
        'the gate has no effect; write a max_score that caps the score, '
        ~ 'or true as disqualifies',
    ],
] + unreadable_numbers('score_gates', 'score_gates')
    + out_of_range('score_gates', ['max_score'], 100)
%}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

fit_criteria as (
    {{ configuration_rows('fit_criteria') }}
),

engagement_criteria as (
    {{ configuration_rows('engagement_criteria') }}
),

criteria as (
    select
        fit_criteria.scoring_model_word,
        fit_criteria.criterion_word
    from fit_criteria

    union all

    select
        engagement_criteria.scoring_model_word,
        engagement_criteria.criterion_word
    from engagement_criteria
),

score_gates as (
    {{ configuration_rows('score_gates') }}
)

{{ mistakes('score_gates', {'score_gates': checks}) }}
