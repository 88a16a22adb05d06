-- depends_on: {{ ref('int_fitted_weights') }}
-- What each evaluation fitted, what it refused, and how well each method performed on the holdout.
with kept_versions as (
    select * from {{ ref('int_scorecard_versions') }}
)

select
    kept_versions.version,
    kept_versions.scoring_model,
    kept_versions.method,
    kept_versions.fitted_on,
    kept_versions.fitted_at,
    kept_versions.status,
    kept_versions.status_because,
    kept_versions.observations,
    kept_versions.conversions,
    kept_versions.non_conversions,
    kept_versions.largest_change,
    kept_versions.slope,
    kept_versions.intercept,
    kept_versions.auc,
    kept_versions.brier_score,
    kept_versions.log_loss,
    kept_versions.calibration_error,
    kept_versions.top_decile_lift
from kept_versions
