-- What is wrong in seeds/evaluation/outcomes.csv.
{% set checks = {'outcomes': [
    empty_cell('outcomes', 'scoring_model',
        'write a scoring model, or * for those without a row'),
    [
        "outcomes.scoring_model_word <> '*' and not "
        ~ known_scoring_model('outcomes')
        ~ " and exists (select 1 from scoring_models)",
        'scoring_model "[scoring_model]" is not known; write one that has a row in '
        ~ configuration_path('scoring_models') ~ ', or * for those without a row here',
    ],
    repeated_key('outcomes', 'outcomes'),
    [
        "outcomes.is_won_text is not null"
        ~ " and " ~ try_boolean('outcomes.is_won_text') ~ " is null",
        'is_won "[is_won]" is not known; write true or false',
    ],
]} %}
with outcomes as (
    {{ configuration_rows('outcomes') }}
),

scoring_models as (
    {{ configuration_rows('scoring_models') }}
)

{{ mistakes('outcomes', checks) }}
