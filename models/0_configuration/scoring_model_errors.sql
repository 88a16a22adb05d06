-- Configuration errors in seeds/scoring/scoring_models.csv.
{{ config(materialized='ephemeral') }}
{% set checks = {
    'scoring_models': [
        empty_cell('scoring_models', 'scoring_model', 'write a name for the scoring model'),
        repeated_key('scoring_models', 'scoring_models'),
        [
            "scoring_models.population_text is not null and not exists ("
            ~ "select 1 from populations where populations.row_name = scoring_models.row_name)",
            'population "[population]" is not a population; write one of '
            ~ configuration_words('population') | join(', ') ~ ', or empty the cell for everyone',
        ],
        empty_cell('scoring_models', 'fit_weight', 'write a number from 0 to 1'),
        empty_cell('scoring_models', 'engagement_weight', 'write a number from 0 to 1'),
        [
            "scoring_models.fit_weight_number between 0 and 1"
            ~ " and scoring_models.engagement_weight_number between 0 and 1"
            ~ " and scoring_models.fit_weight_number"
            ~ " + scoring_models.engagement_weight_number <> 1",
            'fit_weight [fit_weight] and engagement_weight [engagement_weight] do not add up to 1; '
            ~ 'change one of them',
        ],
        [
            "scoring_models.fit_weight_number > 0 and scoring_models.fit_target_text is null",
            'fit_target is empty; write the fit points that give a fit score of 100',
        ],
        [
            "scoring_models.engagement_weight_number > 0"
            ~ " and scoring_models.engagement_target_text is null",
            'engagement_target is empty; '
            ~ 'write the engagement points that give an engagement score of 100',
        ],
        [
            "scoring_models.fit_target_number < 0"
            ~ " or (scoring_models.fit_target_number = 0 and scoring_models.fit_weight_number > 0)",
            'fit_target [fit_target] is not above 0; write a number greater than 0',
        ],
        [
            "scoring_models.engagement_target_number < 0 or ("
            ~ "scoring_models.engagement_target_number = 0"
            ~ " and scoring_models.engagement_weight_number > 0)",
            'engagement_target [engagement_target] is not above 0; '
            ~ 'write a number greater than 0',
        ],
        crossed_bounds('scoring_models', 'mql_score', 'sql_score'),
    ]
    + unreadable_numbers('scoring_models', 'scoring_models')
    + out_of_range('scoring_models', ['fit_weight', 'engagement_weight'], 1)
    + out_of_range('scoring_models', ['mql_score', 'sql_score'], 100),
    'populations': [
        unknown_word('populations', 'population', configuration_words('population')),
    ],
    'empty_file': [
        [
            "not exists (select 1 from scoring_models)",
            'there is no scoring model; write a row for at least one',
        ],
    ],
} %}
with scoring_models as (
    {{ configuration_rows('scoring_models') }}
),

population_words as (
    select
        scoring_models.row_name,
        {{ trim_text('list_words.word') }} as population_text
    from scoring_models
    {{ cross_join_words('scoring_models.population_text') }}
),

populations as (
    select
        population_words.row_name,
        population_words.population_text,
        lower(population_words.population_text) as population_word
    from population_words
    where population_words.population_text <> ''
),

empty_file as (
    select '2 (the first below the header)' as row_name
)

{{ mistakes('scoring_models', checks) }}
