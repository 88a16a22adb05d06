-- depends_on: {{ ref('int_fitted_weights') }}
-- What each evaluation fitted, what it refused, and how well each fit performed on the later
-- observations.
with scorecard_versions as (
    select * from {{ ref('int_scorecard_versions') }}
),

live_versions as (
    select distinct
        weights_in_force.scoring_model,
        weights_in_force.version
    from {{ ref('int_weights_in_force') }} as weights_in_force
    where weights_in_force.as_of = {{ as_of() }}
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
    scorecard_versions.auc_error,
    scorecard_versions.penalty,
    scorecard_versions.later_conversion_rate,
    scorecard_versions.later_expected_rate,
    scorecard_versions.suspected_leaks,
    scorecard_versions.first_observed_on,
    scorecard_versions.last_observed_on,
    scorecard_versions.measured_from,
    scorecard_versions.later_observations,
    scorecard_versions.later_conversions,
    scorecard_versions.horizon_days,
    live_versions.version is not null as is_live,
    cast({{ days_between('scorecard_versions.fitted_on', as_of()) }} as integer) as age_days
from scorecard_versions
left join live_versions
    on
        scorecard_versions.scoring_model = live_versions.scoring_model
        and scorecard_versions.version = live_versions.version
