-- How strongly the values of a text feature are pulled towards 0 at least: the reciprocal of the
-- variance of their log-odds, estimated by moments from the earlier observations; two standard
-- errors are deducted, so that chance does not weaken the pull. Rates of one feature alone differ
-- less than by its weights beside all others: the variance grows by 0.346 times the sum of all
-- variances (Zeger, Liang and Albert 1988).
{% set needs = scorecard_needs() %}
with observations as (
    select observations.*
    from {{ ref('int_fit_observations') }} as observations
    where not observations.is_later
),

rates as (
    select
        observations.scoring_model,
        sum(observations.observation_weight * observations.is_converted)
        / sum(observations.observation_weight) as conversion_rate
    from observations
    group by observations.scoring_model
),

values_by_outcome as (
    select
        fit_values.scoring_model,
        fit_values.feature,
        fit_values.value,
        sum(fit_values.observation_weight * fit_values.is_converted) as conversion_weight,
        sum(fit_values.observation_weight) as weight_sum
    from {{ ref('int_fit_values') }} as fit_values
    where
        not fit_values.is_number
        and not fit_values.is_later
    group by fit_values.scoring_model, fit_values.feature, fit_values.value
    having count(*) >= {{ needs.bin_observations }}
),

residuals as (
    select
        values_by_outcome.scoring_model,
        values_by_outcome.feature,
        values_by_outcome.conversion_weight
        - rates.conversion_rate * values_by_outcome.weight_sum as residual,
        rates.conversion_rate * (1 - rates.conversion_rate) * values_by_outcome.weight_sum
            as curvature
    from values_by_outcome
    inner join rates on values_by_outcome.scoring_model = rates.scoring_model
),

variances as (
    select
        residuals.scoring_model,
        residuals.feature,
        (
            sum(residuals.residual * residuals.residual - residuals.curvature)
            - 2 * sqrt(2 * sum(residuals.curvature * residuals.curvature))
        ) / nullif(sum(residuals.curvature * residuals.curvature), 0) as variance
    from residuals
    group by residuals.scoring_model, residuals.feature
),

differing_features as (
    select
        variances.scoring_model,
        variances.feature,
        variances.variance,
        sum(variances.variance) over (partition by variances.scoring_model) as variance_sum
    from variances
    where variances.variance > 0
)

select
    differing_features.scoring_model,
    differing_features.feature,
    greatest(
        1 / (differing_features.variance * (1 + 0.346 * differing_features.variance_sum)),
        cast(1 as {{ type_double() }})
    ) as penalty
from differing_features
