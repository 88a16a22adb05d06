-- Configuration errors in seeds/evaluation/outcomes.csv. A row for an unknown scoring model is not
-- an error, because the files of seeds/scoring may be replaced.
{{ config(materialized='ephemeral') }}
{% set checks = {'outcomes': [
    empty_cell('outcomes', 'scoring_model',
        'write a scoring model, or * for those without a row'),
    repeated_key('outcomes', 'outcomes'),
    [
        "outcomes.is_won_text is not null"
        ~ " and " ~ try_boolean('outcomes.is_won_text') ~ " is null",
        'is_won "[is_won]" is not known; write true or false',
    ],
]} %}
with outcomes as (
    {{ configuration_rows('outcomes') }}
)

{{ mistakes('outcomes', checks) }}
