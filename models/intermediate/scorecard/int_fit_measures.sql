-- How well each method predicts the holdout, next to a constant, and how well the score ranks the
-- same observations.
with later as (
    select
        later_probabilities.*,
        fit_observations.lead_id,
        avg(later_probabilities.is_converted) over (
            partition by later_probabilities.scoring_model, later_probabilities.method
        ) as conversion_rate,
        count(*) over (
            partition by later_probabilities.scoring_model, later_probabilities.method
        ) as observations,
        row_number() over (
            partition by later_probabilities.scoring_model, later_probabilities.method
            order by
                later_probabilities.probability desc,
                later_probabilities.observation_id asc
        ) as probability_rank,
        rank() over (
            partition by later_probabilities.scoring_model, later_probabilities.method
            order by later_probabilities.probability
        ) as rank_from_below,
        count(*) over (
            partition by
                later_probabilities.scoring_model,
                later_probabilities.method,
                later_probabilities.probability
        ) as equals,
        least(9, floor(10 * later_probabilities.probability)) as tenth
    from {{ ref('int_later_probabilities') }} as later_probabilities
    inner join {{ ref('int_fit_observations') }} as fit_observations
        on
            later_probabilities.scoring_model = fit_observations.scoring_model
            and later_probabilities.observation_id = fit_observations.observation_id
    where not fit_observations.is_training
),

-- By how much the log loss of each lead is less than that of a constant, its conversion rate.
lead_gains as (
    select
        later.scoring_model,
        later.method,
        later.lead_id,
        count(*) as observations,
        sum(later.is_converted) as conversions,
        sum(
            later.is_converted * (
                {{ log_of_share('later.probability') }}
                - {{ log_of_share('later.conversion_rate') }}
            )
            + (1 - later.is_converted) * (
                {{ log_of_share('1 - later.probability') }}
                - {{ log_of_share('1 - later.conversion_rate') }}
            )
        ) as gain
    from later
    group by later.scoring_model, later.method, later.lead_id
),

gains as (
    select
        lead_gains.scoring_model,
        lead_gains.method,
        sum(case when lead_gains.conversions > 0 then 1 else 0 end) as converted_leads,
        sum(case when lead_gains.conversions < lead_gains.observations then 1 else 0 end)
            as other_leads,
        sum(lead_gains.gain) / sum(lead_gains.observations) as gain,
        sum(lead_gains.gain * lead_gains.gain) as gain_squares,
        sum(lead_gains.gain * lead_gains.observations) as gain_products,
        sum(lead_gains.observations * lead_gains.observations) as observation_squares
    from lead_gains
    group by lead_gains.scoring_model, lead_gains.method
),

scored as (
    select
        fit_observations.scoring_model,
        fit_observations.is_converted,
        rank() over (
            partition by fit_observations.scoring_model
            order by scores.score
        ) as rank_from_below,
        count(*) over (
            partition by fit_observations.scoring_model, scores.score
        ) as equals
    from {{ ref('int_fit_observations') }} as fit_observations
    inner join {{ ref('int_scores') }} as scores
        on
            fit_observations.as_of = scores.as_of
            and fit_observations.lead_id = scores.lead_id
            and fit_observations.scoring_model = scores.scoring_model
    where not fit_observations.is_training
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
        later.method,
        later.tenth,
        abs(sum(later.probability) - sum(later.is_converted)) as calibration_difference
    from later
    group by later.scoring_model, later.method, later.tenth
),

calibration_errors as (
    select
        tenths.scoring_model,
        tenths.method,
        sum(tenths.calibration_difference) as calibration_difference
    from tenths
    group by tenths.scoring_model, tenths.method
),

sums as (
    select
        later.scoring_model,
        later.method,
        min(later.slope) as slope,
        min(later.intercept) as intercept,
        count(*) as observations,
        sum(later.is_converted) as conversions,
        -- Equal probabilities share the mean of their ranks (Mann-Whitney).
        sum(
            later.is_converted
            * (later.rank_from_below + (later.equals - 1) / cast(2 as {{ type_double() }}))
        ) as rank_sum,
        avg(
            (later.probability - later.is_converted) * (later.probability - later.is_converted)
        ) as brier_score,
        -avg(
            later.is_converted * {{ log_of_share('later.probability') }}
            + (1 - later.is_converted) * {{ log_of_share('1 - later.probability') }}
        ) as log_loss,
        sum(
            case when 10 * later.probability_rank <= later.observations then later.is_converted end
        ) as top_conversions,
        sum(
            case when 10 * later.probability_rank <= later.observations then 1 else 0 end
        ) as top_observations
    from later
    group by later.scoring_model, later.method
),

measures as (
    select
        sums.scoring_model,
        sums.method,
        sums.slope,
        sums.intercept,
        sums.observations,
        sums.conversions,
        sums.brier_score,
        sums.log_loss,
        gains.converted_leads,
        gains.other_leads,
        sums.log_loss + gains.gain as constant_log_loss,
        -- Observations of one lead are one piece of evidence.
        sqrt(greatest(
            gains.gain_squares - 2 * gains.gain * gains.gain_products
            + gains.gain * gains.gain * gains.observation_squares,
            0
        )) / sums.observations as log_loss_error,
        (sums.rank_sum - sums.conversions * (sums.conversions + 1) / 2)
        / (sums.conversions * (sums.observations - sums.conversions)) as auc,
        (score_sums.rank_sum - score_sums.conversions * (score_sums.conversions + 1) / 2)
        / (score_sums.conversions * (score_sums.observations - score_sums.conversions))
            as score_auc,
        calibration_errors.calibration_difference / sums.observations as calibration_error,
        sums.top_conversions / nullif(sums.top_observations, 0)
        / (sums.conversions / sums.observations) as top_decile_lift
    from sums
    inner join gains
        on
            sums.scoring_model = gains.scoring_model
            and sums.method = gains.method
    inner join calibration_errors
        on
            sums.scoring_model = calibration_errors.scoring_model
            and sums.method = calibration_errors.method
    inner join score_sums on sums.scoring_model = score_sums.scoring_model
)

select
    measures.scoring_model,
    measures.method,
    measures.slope,
    measures.intercept,
    measures.observations,
    measures.conversions,
    measures.brier_score,
    measures.log_loss,
    measures.constant_log_loss,
    measures.log_loss_error,
    measures.auc,
    measures.score_auc,
    measures.calibration_error,
    measures.top_decile_lift,
    -- Standard error by Hanley and McNeil (1982).
    sqrt(greatest(
        (
            measures.auc * (1 - measures.auc)
            + (measures.converted_leads - 1)
            * (measures.auc / (2 - measures.auc) - measures.auc * measures.auc)
            + (measures.other_leads - 1)
            * (2 * measures.auc * measures.auc / (1 + measures.auc) - measures.auc * measures.auc)
        ) / (measures.converted_leads * measures.other_leads),
        0
    )) as auc_error
from measures
