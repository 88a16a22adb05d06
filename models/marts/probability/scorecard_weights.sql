-- depends_on: {{ ref('int_fitted_weights') }}
-- What each bin of each feature adds to the log-odds of a conversion, for every version fitted.
with scorecard_weights as (
    select * from {{ ref('int_scorecard_weights') }}
)

select
    scorecard_weights.version,
    scorecard_weights.scoring_model,
    scorecard_weights.method,
    scorecard_weights.feature,
    scorecard_weights.bin,
    scorecard_weights.value,
    scorecard_weights.lower_bound,
    scorecard_weights.upper_bound,
    scorecard_weights.lower_end,
    scorecard_weights.upper_end,
    scorecard_weights.first_feature,
    scorecard_weights.first_bin,
    scorecard_weights.second_feature,
    scorecard_weights.second_bin,
    scorecard_weights.weight,
    scorecard_weights.upper_weight,
    scorecard_weights.support,
    scorecard_weights.conversions,
    scorecard_weights.fitted_on,
    scorecard_weights.fitted_at
from scorecard_weights
