-- Configuration errors in seeds/accounts/account_scoring.csv.
{{ config(materialized='ephemeral') }}
{% set checks = {'account_scoring': [
    empty_cell('account_scoring', 'scoring_model',
        'write a scoring model, or * for those without a row'),
    [
        "account_scoring.scoring_model_word <> '*' and not "
        ~ known_scoring_model('account_scoring')
        ~ " and exists (select 1 from scoring_models)",
        'scoring_model "[scoring_model]" is not known; write one that has a row in '
        ~ configuration_path('scoring_models') ~ ', or * for those without a row here',
    ],
    repeated_key('account_scoring', 'account_scoring'),
    unknown_word('account_scoring', 'method', configuration_words('account_method')),
    unknown_word('account_scoring', 'account_level', configuration_words('account_level')),
] + unreadable_numbers('account_scoring', 'account_scoring')
    + not_positive('account_scoring', ['score_cap'])
    + out_of_range('account_scoring', ['engaged_score'], 100)
    + [[
        "account_scoring.score_cap_number > 100",
        'score_cap [score_cap] is above 100, the highest score; write 100 or less',
    ]]
} %}
with account_scoring as (
    {{ configuration_rows('account_scoring') }}
),

scoring_models as (
    {{ configuration_rows('scoring_models') }}
)

{{ mistakes('account_scoring', checks) }}
