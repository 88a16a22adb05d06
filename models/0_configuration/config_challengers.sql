-- depends_on: {{ ref('configuration_check') }}
-- Both names are spelled as in scoring_models.csv.
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

challengers as (
    select
        {{ cell_word('challenger') }} as challenger_word,
        {{ cell_word('scoring_model') }} as scoring_model_word
    from {{ ref('challengers') }}
)

select
    challenging_models.scoring_model as challenger,
    live_models.scoring_model
from challengers
inner join scoring_models as challenging_models
    on challengers.challenger_word = lower(challenging_models.scoring_model)
inner join scoring_models as live_models
    on challengers.scoring_model_word = lower(live_models.scoring_model)
