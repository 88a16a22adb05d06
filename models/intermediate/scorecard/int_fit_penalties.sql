-- How well each strength of the penalty predicts the leads of the folds that its fits left out, and
-- which one predicts best.
{% set fits = fits_by_penalty() %}
with weights as (
    {{ weights_side_by_side(ref('int_fit_init'), ref('int_fit_bins'), fits) }}
),

margins as (
    select
        fit_rows.scoring_model,
        fit_rows.observation_id,
        {%- for fit in fits %}
        sum(fit_rows.amount * weights.weight_{{ fit.number }}) as margin_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_fit_rows') }} as fit_rows
    inner join weights
        on
            fit_rows.scoring_model = weights.scoring_model
            and fit_rows.bin_id = weights.bin_id
    group by fit_rows.scoring_model, fit_rows.observation_id
),

held_out as (
    {%- for penalty in fit_penalties() %}
    select
        margins.scoring_model,
        margins.observation_id,
        cast({{ penalty }} as {{ type_double() }}) as penalty,
        case
            {%- for fit in fits if fit.penalty == penalty and fit.fold is not none %}
            when observations.fold = {{ fit.fold }} then margins.margin_{{ fit.number }}
            {%- endfor %}
        end as margin,
        observations.is_converted,
        observations.observation_weight
    from margins
    inner join {{ ref('int_fit_observations') }} as observations
        on
            margins.scoring_model = observations.scoring_model
            and margins.observation_id = observations.observation_id
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

probabilities as (
    select
        held_out.*,
        {{ logistic('held_out.margin') }} as probability
    from held_out
),

losses as (
    select
        probabilities.scoring_model,
        probabilities.penalty,
        -sum(
            probabilities.observation_weight * (
                probabilities.is_converted * {{ log_of_share('probabilities.probability') }}
                + (1 - probabilities.is_converted)
                * {{ log_of_share('1 - probabilities.probability') }}
            )
        ) / sum(probabilities.observation_weight) as log_loss
    from probabilities
    group by probabilities.scoring_model, probabilities.penalty
)

select
    losses.scoring_model,
    losses.penalty,
    losses.log_loss,
    row_number() over (
        partition by losses.scoring_model
        order by {{ nine_decimals('losses.log_loss') }}, losses.penalty desc
    ) = 1 as is_chosen
from losses
