-- depends_on: {{ ref('configuration_check') }}
-- A scoring model without a row uses row *; without that row, any won deal counts.
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

settings as (
    select
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell_word('deal_type') }} as deal_type,
        coalesce({{ try_boolean(cell('is_won')) }}, true) as is_won
    from {{ ref('outcomes') }}
)

select
    scoring_models.scoring_model,
    case
        when own_settings.scoring_model_word is not null then own_settings.deal_type
        else settings_of_all.deal_type
    end as deal_type,
    coalesce(own_settings.is_won, settings_of_all.is_won, true) as is_won
from scoring_models
left join settings as own_settings
    on lower(scoring_models.scoring_model) = own_settings.scoring_model_word
left join settings as settings_of_all on settings_of_all.scoring_model_word = '*'
