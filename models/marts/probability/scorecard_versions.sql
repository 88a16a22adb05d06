-- depends_on: {{ ref('int_fitted_weights') }}
-- What each evaluation fitted, what it refused, and how well each method performed on the holdout.
with scorecard_versions as (
    select * from {{ ref('int_scorecard_versions') }}
)

select
    scorecard_versions.version,
    scorecard_versions.scoring_model,
    scorecard_versions.method,
    scorecard_versions.fitted_on,
    scorecard_versions.fitted_at,
    scorecard_versions.status,
    scorecard_versions.status_because,
    scorecard_versions.observations,
    scorecard_versions.conversions,
    scorecard_versions.non_conversions,
    scorecard_versions.largest_change,
    scorecard_versions.slope,
    scorecard_versions.intercept,
    scorecard_versions.auc,
    scorecard_versions.brier_score,
    scorecard_versions.log_loss,
    scorecard_versions.calibration_error,
    scorecard_versions.top_decile_lift,
    scorecard_versions.score_auc,
    scorecard_versions.constant_log_loss,
    scorecard_versions.log_loss_error,
    scorecard_versions.auc_error
from scorecard_versions
