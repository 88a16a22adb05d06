{# How much a scorecard is not fitted without; of its earlier and later part each, `later`. #}
{% macro scorecard_needs() %}
    {{ return({
        'conversions': minimum_conversions(), 'later': [minimum_conversions() // 10, 5] | max,
        'bin_observations': 20,
        'most_observations': 50000, 'paired_features': 12, 'most_pairs': 4, 'pair_score': 4,
    }) }}
{% endmacro %}

{# Whether a value of a feature is in a bin of the same feature. #}
{% macro is_in_bin(values, bins) -%}
    (
                {{ bins }}.value = {{ values }}.value
                or (
                    {{ bins }}.value is null
                    and {{ values }}.number_value is not null
                    and ({{ bins }}.lower_bound is null or {{ values }}.number_value >= {{ bins }}.lower_bound)
                    and ({{ bins }}.upper_bound is null or {{ values }}.number_value < {{ bins }}.upper_bound)
                )
            )
{%- endmacro %}

{# The share of 1 that log-odds stand for; beyond 30 it is as good as 0 or 1, and exp() overflows. #}
{% macro logistic(log_odds) -%}
    1 / (1 + exp(-greatest(cast(-30 as {{ type_double() }}), least(cast(30 as {{ type_double() }}), {{ log_odds }}))))
{%- endmacro %}

{# The natural logarithm of a share, kept away from 0. #}
{% macro log_of_share(share) -%}
    ln(greatest({{ share }}, cast(1e-12 as {{ type_double() }})))
{%- endmacro %}

{# How much the squares of weights weigh against the likelihood. #}
{% macro scorecard_penalty() %}
    {{ return(5) }}
{% endmacro %}

{#
    CTE margins_<name>: each observation's bins with their state `before` and the observation's margin,
    the sum of look_ahead over its bins.

    The bins of a feature are centred by their share, so that what they have in common with the
    intercept does not slow the fit down; shift is what that takes off every margin.
#}
{% macro scorecard_margins(name, before) -%}
margins_{{ name }} as{{ planned_apart() }} (
    select
        binned.fit_id,
        binned.bin_id,
        binned.is_converted,
        {{ before }}.share,
        {{ before }}.curvature,
        {{ before }}.weight,
        {{ before }}.look_ahead,
        {{ before }}.step_bound,
        sum({{ before }}.look_ahead) over (
            partition by binned.fit_id, binned.observation_id
        ) - {{ before }}.shift as margin
    from binned
    inner join {{ before }}
        on
            binned.fit_id = {{ before }}.fit_id
            and binned.bin_id = {{ before }}.bin_id
)
{%- endmacro %}

{#
    The gradient of a bin, of margins_<name> grouped by bin. `residual` is SQL of what each observation
    adds to its bins, from margin and is_converted.
#}
{% macro scorecard_gradient(name, residual) -%}
(
            sum({{ residual }})
            - margins_{{ name }}.share * max(
                case when margins_{{ name }}.bin_id = 0 then sum({{ residual }}) end
            ) over (partition by margins_{{ name }}.fit_id)
            + case when margins_{{ name }}.bin_id = 0 then 0 else {{ scorecard_penalty() }} end
            * margins_{{ name }}.look_ahead
        )
{%- endmacro %}

{# Columns of a bin's state; what margins_<name> are grouped by. #}
{% macro scorecard_state(name) -%}
margins_{{ name }}.fit_id,
        margins_{{ name }}.bin_id,
        margins_{{ name }}.share,
        margins_{{ name }}.curvature,
        margins_{{ name }}.weight,
        margins_{{ name }}.look_ahead,
        margins_{{ name }}.step_bound
{%- endmacro %}

{#
    A pass that makes the bound of the step size sharper: power iteration, in look_ahead, towards the
    largest eigenvalue of the curvature bound in units of each bin's own curvature. State state_<name>.
#}
{% macro scorecard_bound_pass(name, before) -%}
{{ scorecard_margins(name, before) }},

gradients_{{ name }} as{{ planned_apart() }} (
    select
        {{ scorecard_state(name) }},
        {{ scorecard_gradient(name, 'margins_' ~ name ~ '.margin / 4') }} as gradient
    from margins_{{ name }}
    group by
        {{ scorecard_state(name) }}
),

state_{{ name }} as{{ planned_apart() }} (
    select
        gradients_{{ name }}.fit_id,
        gradients_{{ name }}.bin_id,
        gradients_{{ name }}.share,
        gradients_{{ name }}.curvature,
        gradients_{{ name }}.weight,
        case
            when gradients_{{ name }}.bin_id = 0 then cast(0 as {{ type_double() }})
            else gradients_{{ name }}.gradient / gradients_{{ name }}.curvature
        end as look_ahead,
        greatest(
            coalesce(
                sum(gradients_{{ name }}.look_ahead * gradients_{{ name }}.gradient) over (
                    partition by gradients_{{ name }}.fit_id
                )
                / nullif(
                    sum(
                        gradients_{{ name }}.look_ahead * gradients_{{ name }}.look_ahead
                        * gradients_{{ name }}.curvature
                    ) over (partition by gradients_{{ name }}.fit_id),
                    0
                ),
                1
            ),
            1
        ) as step_bound,
        sum(
            case
                when gradients_{{ name }}.bin_id = 0 then 0
                else
                    gradients_{{ name }}.share * gradients_{{ name }}.gradient
                    / gradients_{{ name }}.curvature
            end
        ) over (partition by gradients_{{ name }}.fit_id) as shift,
        cast(null as {{ type_double() }}) as last_change
    from gradients_{{ name }}
)
{%- endmacro %}

{#
    A step of the fit: all weights at once against the gradient at look_ahead, then look_ahead beyond
    the new weights by the momentum of step `number` (1, 2, ...). State state_<name>.
#}
{% macro scorecard_step(name, before, number) -%}
{%- set momentum = '(' ~ (number - 1) ~ ' / cast(' ~ (number + 2) ~ ' as ' ~ type_double() ~ '))' -%}
{{ scorecard_margins(name, before) }},

steps_{{ name }} as{{ planned_apart() }} (
    select
        {{ scorecard_state(name) }},
        margins_{{ name }}.look_ahead - {{ scorecard_gradient(
            name, logistic('margins_' ~ name ~ '.margin') ~ ' - margins_' ~ name ~ '.is_converted'
        ) }} / (
            margins_{{ name }}.curvature
            * case when margins_{{ name }}.bin_id = 0 then 1 else 1.1 * margins_{{ name }}.step_bound end
        ) as new_weight
    from margins_{{ name }}
    group by
        {{ scorecard_state(name) }}
),

state_{{ name }} as{{ planned_apart() }} (
    select
        steps_{{ name }}.fit_id,
        steps_{{ name }}.bin_id,
        steps_{{ name }}.share,
        steps_{{ name }}.curvature,
        steps_{{ name }}.new_weight as weight,
        steps_{{ name }}.new_weight
        + {{ momentum }} * (steps_{{ name }}.new_weight - steps_{{ name }}.weight) as look_ahead,
        steps_{{ name }}.step_bound,
        sum(
            steps_{{ name }}.share * (
                steps_{{ name }}.new_weight
                + {{ momentum }} * (steps_{{ name }}.new_weight - steps_{{ name }}.weight)
            )
        ) over (partition by steps_{{ name }}.fit_id) as shift,
        abs(steps_{{ name }}.new_weight - steps_{{ name }}.weight) as last_change
    from steps_{{ name }}
)
{%- endmacro %}
