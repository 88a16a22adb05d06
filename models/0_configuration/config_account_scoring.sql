-- depends_on: {{ ref('configuration_check') }}
-- A cell that is empty in the model's own row takes the value of row *, else the default.
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

settings as (
    select
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_word('method') }} as method,
        {{ cell_word('account_level') }} as account_level,
        {{ cell_number('score_cap') }} as score_cap,
        {{ cell_number('engaged_score') }} as engaged_score
    from {{ ref('account_scoring') }}
)

select
    scoring_models.scoring_model,
    coalesce(own_settings.method, settings_of_all.method, 'champion_mix') as method,
    coalesce(own_settings.account_level, settings_of_all.account_level, 'company')
        as account_level,
    coalesce(own_settings.score_cap, settings_of_all.score_cap, 100) as score_cap,
    coalesce(own_settings.engaged_score, settings_of_all.engaged_score, 25) as engaged_score
from scoring_models
left join settings as own_settings
    on lower(scoring_models.scoring_model) = own_settings.scoring_model_word
left join settings as settings_of_all on settings_of_all.scoring_model_word = '*'
