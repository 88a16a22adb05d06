-- Configuration errors in seeds/what_if/challengers.csv.
{{ config(materialized='ephemeral') }}
{% set checks = [
    empty_cell('challengers', 'challenger', 'write the scoring model that is tried'),
    empty_cell('challengers', 'scoring_model', 'write the scoring model that is challenged'),
    repeated_key('challengers', 'challengers'),
    [
        "challengers.challenger_word is not null and not exists ("
        ~ "select 1 from scoring_models"
        ~ " where scoring_models.scoring_model_word = challengers.challenger_word)"
        ~ " and exists (select 1 from scoring_models)",
        'challenger "[challenger]" is not known; write one that has a row in '
        ~ 'seeds/scoring/scoring_models.csv, or delete this row',
    ],
    unknown_scoring_model('challengers'),
    [
        "challengers.challenger_word = challengers.scoring_model_word",
        'the scoring model challenges itself; write the one that is challenged',
    ],
    [
        "challengers.challenger_word <> challengers.scoring_model_word and exists ("
        ~ "select 1 from challengers as others"
        ~ " where others.challenger_word = challengers.scoring_model_word)"
        ~ " and " ~ known_scoring_model('challengers'),
        'scoring_model "[scoring_model]" is a challenger itself; '
        ~ 'write the live scoring model that both challenge',
    ],
] %}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

challengers as (
    {{ configuration_rows('challengers') }}
)

{{ mistakes('challengers', {'challengers': checks}) }}
