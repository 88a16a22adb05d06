-- What the weights that were fitted to the earlier observations say of the later ones, calibrated
-- on these: a slope and an intercept for the log-odds by the likelihood, held to 1 and 0 by a
-- penalty. The steps go by a bound of the curvature, so none overshoots.
{% set penalty = 200 %}
{% set steps = 25 %}
with weights as (
    select bin_weights.*
    from {{ ref('bin_weights') }} as bin_weights
    where bin_weights.part = 'earlier'
),

later_rows as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where not scorecard_paired_rows.is_training
),

margins as (
    select
        weights.scoring_model,
        weights.method,
        later_rows.observation_id,
        later_rows.is_converted,
        -- Rounded, so that the same bins give the same sum in whatever order they are added.
        cast({{ nine_decimals('sum(weights.weight)') }} as {{ type_double() }}) as margin
    from later_rows
    inner join weights
        on
            later_rows.fit_id = weights.fit_id
            and later_rows.bin_id = weights.bin_id
    group by
        weights.scoring_model,
        weights.method,
        later_rows.observation_id,
        later_rows.is_converted
),

calibrated_0 as{{ planned_apart() }} (
    select
        margins.*,
        cast(1 as {{ type_double() }}) as slope,
        cast(0 as {{ type_double() }}) as intercept,
        {{ penalty }} + sum(margins.margin * margins.margin) over (
            partition by margins.scoring_model, margins.method
        ) / 4 as slope_curvature,
        {{ penalty }} + count(*) over (
            partition by margins.scoring_model, margins.method
        ) / cast(4 as {{ type_double() }}) as intercept_curvature,
        sum(margins.margin) over (
            partition by margins.scoring_model, margins.method
        ) / 4 as shared_curvature
    from margins
),

{% for number in range(1, steps + 1) -%}
{% set before = 'calibrated_' ~ (number - 1) -%}
{% set log_odds = before ~ '.slope * ' ~ before ~ '.margin + ' ~ before ~ '.intercept' -%}
gradients_{{ number }} as{{ planned_apart() }} (
    select
        {{ before }}.*,
        {{ penalty }} * ({{ before }}.slope - 1) + sum(
            ({{ logistic(log_odds) }} - {{ before }}.is_converted) * {{ before }}.margin
        ) over (partition by {{ before }}.scoring_model, {{ before }}.method) as slope_gradient,
        {{ penalty }} * {{ before }}.intercept + sum(
            {{ logistic(log_odds) }} - {{ before }}.is_converted
        ) over (partition by {{ before }}.scoring_model, {{ before }}.method) as intercept_gradient
    from {{ before }}
),

calibrated_{{ number }} as{{ planned_apart() }} (
    select
        gradients_{{ number }}.scoring_model,
        gradients_{{ number }}.method,
        gradients_{{ number }}.observation_id,
        gradients_{{ number }}.is_converted,
        gradients_{{ number }}.margin,
        gradients_{{ number }}.slope - (
            gradients_{{ number }}.intercept_curvature * gradients_{{ number }}.slope_gradient
            - gradients_{{ number }}.shared_curvature * gradients_{{ number }}.intercept_gradient
        ) / (
            gradients_{{ number }}.slope_curvature * gradients_{{ number }}.intercept_curvature
            - gradients_{{ number }}.shared_curvature * gradients_{{ number }}.shared_curvature
        ) as slope,
        gradients_{{ number }}.intercept - (
            gradients_{{ number }}.slope_curvature * gradients_{{ number }}.intercept_gradient
            - gradients_{{ number }}.shared_curvature * gradients_{{ number }}.slope_gradient
        ) / (
            gradients_{{ number }}.slope_curvature * gradients_{{ number }}.intercept_curvature
            - gradients_{{ number }}.shared_curvature * gradients_{{ number }}.shared_curvature
        ) as intercept,
        gradients_{{ number }}.slope_curvature,
        gradients_{{ number }}.intercept_curvature,
        gradients_{{ number }}.shared_curvature
    from gradients_{{ number }}
),

{% endfor -%}
calibrated as (
    select * from calibrated_{{ steps }}
)

select
    calibrated.scoring_model,
    calibrated.method,
    calibrated.observation_id,
    calibrated.is_converted,
    calibrated.margin,
    calibrated.slope,
    calibrated.intercept,
    {{ logistic('calibrated.slope * calibrated.margin + calibrated.intercept') }} as probability
from calibrated
