-- How well each strength of the penalty predicts the leads of the folds that its fits left out. The
-- strongest one that predicts as well as the best, within a standard error, is chosen.
with observations as (
    select * from {{ ref('int_fit_observations') }}
),

weights as (
    select
        first_fits.scoring_model,
        first_fits.penalty,
        first_fits.left_out,
        first_fits.bin_id,
        {{ centred('first_fits', 'bins') }} as weight
    from {{ ref('int_fit_init') }} as first_fits
    inner join {{ ref('int_fit_bins') }} as bins
        on
            first_fits.scoring_model = bins.scoring_model
            and first_fits.bin_id = bins.bin_id
),

margins as (
    select
        observations.scoring_model,
        observations.observation_id,
        weights.penalty,
        sum(fit_rows.amount * weights.weight) as margin
    from observations
    inner join {{ ref('int_fit_rows') }} as fit_rows
        on
            observations.scoring_model = fit_rows.scoring_model
            and observations.observation_id = fit_rows.observation_id
    inner join weights
        on
            fit_rows.scoring_model = weights.scoring_model
            and fit_rows.bin_id = weights.bin_id
            and {{ left_out_fold('observations.fold') }} = weights.left_out
    group by observations.scoring_model, observations.observation_id, weights.penalty
),

probabilities as (
    select
        margins.scoring_model,
        margins.penalty,
        observations.cluster_id,
        observations.is_converted,
        observations.observation_weight,
        {{ logistic('margins.margin') }} as probability
    from margins
    inner join observations
        on
            margins.scoring_model = observations.scoring_model
            and margins.observation_id = observations.observation_id
),

cluster_losses as (
    select
        probabilities.scoring_model,
        probabilities.penalty,
        probabilities.cluster_id,
        sum(probabilities.observation_weight) as weight_sum,
        -sum(
            probabilities.observation_weight * (
                probabilities.is_converted * {{ log_of_share('probabilities.probability') }}
                + (1 - probabilities.is_converted)
                * {{ log_of_share('1 - probabilities.probability') }}
            )
        ) as loss
    from probabilities
    group by probabilities.scoring_model, probabilities.penalty, probabilities.cluster_id
),

losses as (
    select
        cluster_losses.scoring_model,
        cluster_losses.penalty,
        sum(cluster_losses.loss) / sum(cluster_losses.weight_sum) as log_loss,
        row_number() over (
            partition by cluster_losses.scoring_model
            order by
                {{ nine_decimals('sum(cluster_losses.loss) / sum(cluster_losses.weight_sum)') }},
                cluster_losses.penalty desc
        ) as loss_rank
    from cluster_losses
    group by cluster_losses.scoring_model, cluster_losses.penalty
),

-- Observations of one company or lead are not independent.
compared as (
    select
        losses.scoring_model,
        losses.penalty,
        losses.log_loss,
        losses.log_loss - best.log_loss as excess,
        sqrt(sum(power(
            cluster_losses.loss - best_losses.loss
            - cluster_losses.weight_sum * (losses.log_loss - best.log_loss),
            2
        ))) / sum(cluster_losses.weight_sum) as excess_error
    from losses
    inner join losses as best
        on
            losses.scoring_model = best.scoring_model
            and best.loss_rank = 1
    inner join cluster_losses
        on
            losses.scoring_model = cluster_losses.scoring_model
            and losses.penalty = cluster_losses.penalty
    inner join cluster_losses as best_losses
        on
            best.scoring_model = best_losses.scoring_model
            and best.penalty = best_losses.penalty
            and cluster_losses.cluster_id = best_losses.cluster_id
    group by losses.scoring_model, losses.penalty, losses.log_loss, best.log_loss
)

select
    compared.scoring_model,
    compared.penalty,
    compared.log_loss,
    row_number() over (
        partition by compared.scoring_model
        order by
            case when compared.excess <= compared.excess_error then 0 else 1 end,
            compared.penalty desc
    ) = 1 as is_chosen
from compared
