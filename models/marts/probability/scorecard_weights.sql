-- depends_on: {{ ref('int_fitted_weights') }}
-- What each bin of each feature adds to the log-odds of a conversion, for every version fitted.
with kept_weights as (
    select * from {{ ref('int_scorecard_weights') }}
)

select
    kept_weights.version,
    kept_weights.scoring_model,
    kept_weights.method,
    kept_weights.feature,
    kept_weights.bin,
    kept_weights.value,
    kept_weights.lower_bound,
    kept_weights.upper_bound,
    kept_weights.first_feature,
    kept_weights.first_bin,
    kept_weights.second_feature,
    kept_weights.second_bin,
    kept_weights.weight,
    kept_weights.support,
    kept_weights.conversions,
    kept_weights.fitted_on,
    kept_weights.fitted_at
from kept_weights
