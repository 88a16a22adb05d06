{# How much a slope other than 1 and an intercept other than 0 weigh against the likelihood. #}
{% macro calibration_penalty() %}
    {{ return(200) }}
{% endmacro %}

{#
    A step of the calibration of log-odds by a slope and an intercept, from calibrated_<number - 1> to
    calibrated_<number>: against the gradient, by a bound of the curvature, so that none overshoots.
#}
{% macro calibration_step(number) -%}
{%- set before = 'calibrated_' ~ (number - 1) -%}
{%- set log_odds = before ~ '.slope * ' ~ before ~ '.margin + ' ~ before ~ '.intercept' -%}
gradients_{{ number }} as{{ planned_apart() }} (
    select
        {{ before }}.*,
        {{ calibration_penalty() }} * ({{ before }}.slope - 1) + sum(
            ({{ logistic(log_odds) }} - {{ before }}.is_converted) * {{ before }}.margin
        ) over (partition by {{ before }}.scoring_model, {{ before }}.method) as slope_gradient,
        {{ calibration_penalty() }} * {{ before }}.intercept + sum(
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
)
{%- endmacro %}
