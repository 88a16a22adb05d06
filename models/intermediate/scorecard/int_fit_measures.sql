-- How well the fit to the earlier observations predicts the later ones, next to a constant, and how
-- well the score ranks the same observations.
with later as (
    select
        later_probabilities.*,
        observations.cluster_id,
        sum(later_probabilities.observation_weight * later_probabilities.is_converted)
            over (partition by later_probabilities.scoring_model)
        / sum(later_probabilities.observation_weight)
            over (partition by later_probabilities.scoring_model) as conversion_rate,
        sum(later_probabilities.observation_weight)
            over (partition by later_probabilities.scoring_model) as weight_sum,
        sum(later_probabilities.observation_weight) over (
            partition by later_probabilities.scoring_model
            order by
                later_probabilities.probability desc,
                later_probabilities.observation_id asc
            rows between unbounded preceding and current row
        ) as weight_above,
        rank() over (
            partition by later_probabilities.scoring_model
            order by later_probabilities.probability
        ) as rank_from_below,
        count(*) over (
            partition by later_probabilities.scoring_model, later_probabilities.probability
        ) as equals,
        least(9, floor(10 * later_probabilities.probability)) as tenth
    from {{ ref('int_later_probabilities') }} as later_probabilities
    inner join {{ ref('int_fit_observations') }} as observations
        on
            later_probabilities.scoring_model = observations.scoring_model
            and later_probabilities.observation_id = observations.observation_id
),

-- Difference between the log loss of a constant, the conversion rate, and that of each cluster.
cluster_gains as (
    select
        later.scoring_model,
        later.cluster_id,
        sum(later.observation_weight) as weight_sum,
        sum(later.is_converted) as conversions,
        count(*) as observations,
        sum(later.observation_weight * (
            later.is_converted * (
                {{ log_of_share('later.probability') }}
                - {{ log_of_share('later.conversion_rate') }}
            )
            + (1 - later.is_converted) * (
                {{ log_of_share('1 - later.probability') }}
                - {{ log_of_share('1 - later.conversion_rate') }}
            )
        )) as gain
    from later
    group by later.scoring_model, later.cluster_id
),

gains as (
    select
        cluster_gains.scoring_model,
        sum(case when cluster_gains.conversions > 0 then 1 else 0 end) as converted_clusters,
        sum(case when cluster_gains.conversions < cluster_gains.observations then 1 else 0 end)
            as other_clusters,
        sum(cluster_gains.gain) / sum(cluster_gains.weight_sum) as gain,
        sum(cluster_gains.gain * cluster_gains.gain) as gain_squares,
        sum(cluster_gains.gain * cluster_gains.weight_sum) as gain_products,
        sum(cluster_gains.weight_sum * cluster_gains.weight_sum) as weight_squares
    from cluster_gains
    group by cluster_gains.scoring_model
),

scored as (
    select
        observations.scoring_model,
        observations.is_converted,
        rank() over (
            partition by observations.scoring_model
            order by scores.score
        ) as rank_from_below,
        count(*) over (partition by observations.scoring_model, scores.score) as equals
    from {{ ref('int_fit_observations') }} as observations
    inner join {{ ref('int_scores') }} as scores
        on
            observations.as_of = scores.as_of
            and observations.lead_id = scores.lead_id
            and observations.scoring_model = scores.scoring_model
    where observations.is_later
),

score_sums as (
    select
        scored.scoring_model,
        count(*) as observations,
        sum(scored.is_converted) as conversions,
        sum(
            scored.is_converted
            * (scored.rank_from_below + (scored.equals - 1) / cast(2 as {{ type_double() }}))
        ) as rank_sum
    from scored
    group by scored.scoring_model
),

tenths as (
    select
        later.scoring_model,
        later.tenth,
        abs(sum(later.observation_weight * (later.probability - later.is_converted)))
            as calibration_difference
    from later
    group by later.scoring_model, later.tenth
),

calibration_errors as (
    select
        tenths.scoring_model,
        sum(tenths.calibration_difference) as calibration_difference
    from tenths
    group by tenths.scoring_model
),

sums as (
    select
        later.scoring_model,
        count(*) as observations,
        sum(later.is_converted) as conversions,
        min(later.weight_sum) as weight_sum,
        min(later.conversion_rate) as conversion_rate,
        sum(later.observation_weight * later.probability) / min(later.weight_sum)
            as expected_rate,
        -- Equal probabilities share the mean of their ranks (Mann-Whitney).
        sum(
            later.is_converted
            * (later.rank_from_below + (later.equals - 1) / cast(2 as {{ type_double() }}))
        ) as rank_sum,
        sum(
            later.observation_weight
            * (later.probability - later.is_converted) * (later.probability - later.is_converted)
        ) / min(later.weight_sum) as brier_score,
        -sum(
            later.observation_weight * (
                later.is_converted * {{ log_of_share('later.probability') }}
                + (1 - later.is_converted) * {{ log_of_share('1 - later.probability') }}
            )
        ) / min(later.weight_sum) as log_loss,
        sum(
            case
                when 10 * later.weight_above <= later.weight_sum
                    then later.observation_weight * later.is_converted
            end
        ) as top_conversions,
        sum(
            case
                when 10 * later.weight_above <= later.weight_sum then later.observation_weight
                else 0
            end
        ) as top_weight
    from later
    group by later.scoring_model
),

calibration as (
    select calibration.*
    from {{ ref('int_calibration') }} as calibration
    where calibration.left_out = 'nothing'
),

measures as (
    select
        sums.scoring_model,
        calibration.slope,
        calibration.intercept,
        sums.conversion_rate,
        sums.expected_rate,
        sums.brier_score,
        sums.log_loss,
        gains.converted_clusters,
        gains.other_clusters,
        sums.log_loss + gains.gain as constant_log_loss,
        -- Observations of one company or lead are not independent.
        sqrt(greatest(
            gains.gain_squares - 2 * gains.gain * gains.gain_products
            + gains.gain * gains.gain * gains.weight_squares,
            0
        )) / sums.weight_sum as log_loss_error,
        (sums.rank_sum - sums.conversions * (sums.conversions + 1) / 2)
        / (sums.conversions * (sums.observations - sums.conversions)) as auc,
        (score_sums.rank_sum - score_sums.conversions * (score_sums.conversions + 1) / 2)
        / (score_sums.conversions * (score_sums.observations - score_sums.conversions))
            as score_auc,
        calibration_errors.calibration_difference / sums.weight_sum as calibration_error,
        sums.top_conversions / nullif(sums.top_weight, 0) / sums.conversion_rate
            as top_decile_lift
    from sums
    inner join gains on sums.scoring_model = gains.scoring_model
    inner join calibration on sums.scoring_model = calibration.scoring_model
    inner join calibration_errors on sums.scoring_model = calibration_errors.scoring_model
    inner join score_sums on sums.scoring_model = score_sums.scoring_model
)

select
    measures.scoring_model,
    measures.slope,
    measures.intercept,
    measures.conversion_rate,
    measures.expected_rate,
    measures.brier_score,
    measures.log_loss,
    measures.constant_log_loss,
    measures.log_loss_error,
    measures.auc,
    measures.score_auc,
    measures.calibration_error,
    measures.top_decile_lift,
    {{ error_of_auc(
        'measures.auc', 'measures.converted_clusters', 'measures.other_clusters'
    ) }} as auc_error
from measures
