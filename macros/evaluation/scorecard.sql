{#
    Limits of the fit: conversions and non-conversions it needs, `later` of each also in the holdout
    and before it; observations per bin; and how many observations, features and pairs it uses.
#}
{% macro scorecard_needs() %}
    {{ return({
        'conversions': minimum_conversions(), 'later': [minimum_conversions() // 10, 5] | max,
        'bin_observations': 20,
        'most_observations': 50000, 'paired_features': 12, 'most_pairs': 4, 'pair_score': 4,
    }) }}
{% endmacro %}

{# Whether a number is in the range of a bin. #}
{% macro is_in_range(values, bins) -%}
    {{ bins }}.value is null
            and {{ values }}.number_value is not null
            and ({{ bins }}.lower_bound is null or {{ bins }}.lower_bound <= {{ values }}.number_value)
            and ({{ bins }}.upper_bound is null or {{ bins }}.upper_bound > {{ values }}.number_value)
{%- endmacro %}

{# Probability for log-odds, which are limited to 30 because exp() overflows. #}
{% macro logistic(log_odds) -%}
    1 / (1 + exp(-greatest(cast(-30 as {{ type_double() }}), least(cast(30 as {{ type_double() }}), {{ log_odds }}))))
{%- endmacro %}

{# Logarithm of a share, which may be 0. #}
{% macro log_of_share(share) -%}
    ln(greatest({{ share }}, cast(1e-12 as {{ type_double() }})))
{%- endmacro %}

{# Factor of half the sum of squared weights in the penalised likelihood. #}
{% macro scorecard_penalty() %}
    {{ return(20) }}
{% endmacro %}

{# Of log-odds whose calibration has a smaller slope, most is noise, or the leads have changed. #}
{% macro least_slope() %}
    {{ return('0.3') }}
{% endmacro %}

{% macro four_decimals(number) -%}
    cast(cast({{ number }} as decimal(10, 4)) as {{ dbt.type_string() }})
{%- endmacro %}

{# The fit ends when a step moves no weight by more than this, in log-odds. #}
{% macro scorecard_tolerance() %}
    {{ return('0.000001') }}
{% endmacro %}

{#
    CTEs and final select of one step of a fit, by conjugate gradients (Polak and Ribiere 1969),
    each weight in units of its own curvature. A macro, because both fits take the same step. All
    fits of the CTE `previous` step at once; one that is finished keeps its weights. binned: the
    bins of each observation.

    Each bin is centred by its share, so that what the bins of a feature have in common with the
    intercept does not slow down the fit; a shift is what centring subtracts from every margin.
#}
{% macro scorecard_step(previous, binned) -%}
{%- set penalty = 'case when bins.bin_id = 0 then 0 else ' ~ scorecard_penalty() ~ ' end' -%}
bins as (
    select * from {{ previous }}
    where not is_finished
),

binned as (
    select
        paired_rows.fit_id,
        paired_rows.observation_id,
        paired_rows.bin_id,
        paired_rows.is_converted
    from {{ binned }} as paired_rows
    where paired_rows.is_training
),

fits as (
    select
        bins.fit_id,
        sum(bins.share * bins.weight) as weight_shift,
        sum(bins.share * bins.direction) as direction_shift,
        sum({{ penalty }} * bins.direction * bins.direction) as direction_penalty,
        max(bins.slope) as slope,
        max(bins.gradient_product) as gradient_product
    from bins
    group by bins.fit_id
),

-- Log-odds of each observation, and how much one step along the direction changes them.
margins as (
    select
        binned.fit_id,
        binned.observation_id,
        max(binned.is_converted) as is_converted,
        sum(bins.weight) as margin,
        sum(bins.direction) as change
    from binned
    inner join bins
        on
            binned.fit_id = bins.fit_id
            and binned.bin_id = bins.bin_id
    group by binned.fit_id, binned.observation_id
),

probabilities as{{ planned_apart() }} (
    select
        margins.fit_id,
        margins.observation_id,
        margins.is_converted,
        margins.margin - fits.weight_shift as margin,
        margins.change - fits.direction_shift as change,
        {{ logistic('margins.margin - fits.weight_shift') }} as probability
    from margins
    inner join fits on margins.fit_id = fits.fit_id
),

-- The step size follows from Newton's method along the direction.
curvatures as (
    select
        probabilities.fit_id,
        sum(
            probabilities.probability * (1 - probabilities.probability)
            * probabilities.change * probabilities.change
        ) as curvature
    from probabilities
    group by probabilities.fit_id
),

step_sizes as (
    select
        fits.fit_id,
        fits.gradient_product,
        coalesce(
            -fits.slope / nullif(curvatures.curvature + fits.direction_penalty, 0), 0
        ) as step_size
    from fits
    inner join curvatures on fits.fit_id = curvatures.fit_id
),

moved as{{ planned_apart() }} (
    select
        probabilities.fit_id,
        probabilities.observation_id,
        probabilities.is_converted,
        {{ logistic('probabilities.margin + step_sizes.step_size * probabilities.change') }}
            as probability
    from probabilities
    inner join step_sizes on probabilities.fit_id = step_sizes.fit_id
),

residuals as (
    select
        binned.fit_id,
        binned.bin_id,
        sum(moved.probability - moved.is_converted) as residual,
        sum(moved.probability * (1 - moved.probability)) as curvature
    from binned
    inner join moved
        on
            binned.fit_id = moved.fit_id
            and binned.observation_id = moved.observation_id
    group by binned.fit_id, binned.bin_id
),

stepped as (
    select
        bins.fit_id,
        bins.bin_id,
        bins.share,
        bins.direction,
        bins.gradient as gradient_before,
        bins.weight + step_sizes.step_size * bins.direction as weight,
        step_sizes.gradient_product as gradient_product_before,
        residuals.residual - bins.share * intercepts.residual
        + {{ penalty }} * (bins.weight + step_sizes.step_size * bins.direction) as gradient,
        residuals.curvature * (1 - 2 * bins.share)
        + bins.share * bins.share * intercepts.curvature + {{ penalty }} as curvature
    from bins
    inner join step_sizes on bins.fit_id = step_sizes.fit_id
    inner join residuals
        on
            bins.fit_id = residuals.fit_id
            and bins.bin_id = residuals.bin_id
    inner join residuals as intercepts
        on
            bins.fit_id = intercepts.fit_id
            and intercepts.bin_id = 0
),

products as (
    select
        stepped.fit_id,
        sum(stepped.gradient * stepped.gradient / stepped.curvature) as gradient_product,
        greatest(
            coalesce(
                sum(
                    (stepped.gradient - stepped.gradient_before)
                    * stepped.gradient / stepped.curvature
                ) / nullif(max(stepped.gradient_product_before), 0),
                0
            ),
            0
        ) as momentum,
        sum(stepped.gradient * stepped.direction) as slope,
        max(abs(stepped.gradient / stepped.curvature)) as largest_change
    from stepped
    group by stepped.fit_id
),

-- A direction that would go uphill is replaced by the steepest descent.
directed as (
    select
        products.fit_id,
        products.gradient_product,
        products.largest_change,
        case when products.momentum * products.slope < products.gradient_product
            then products.momentum else 0 end as momentum,
        case when products.momentum * products.slope < products.gradient_product
            then products.momentum * products.slope else 0 end - products.gradient_product as slope
    from products
)

select
    stepped.fit_id,
    stepped.bin_id,
    stepped.share,
    stepped.weight,
    directed.momentum * stepped.direction - stepped.gradient / stepped.curvature as direction,
    stepped.gradient,
    directed.gradient_product,
    directed.slope,
    directed.largest_change,
    directed.largest_change < {{ scorecard_tolerance() }} as is_finished
from stepped
inner join directed on stepped.fit_id = directed.fit_id

union all

select
    finished.fit_id,
    finished.bin_id,
    finished.share,
    finished.weight,
    finished.direction,
    finished.gradient,
    finished.gradient_product,
    finished.slope,
    finished.largest_change,
    finished.is_finished
from {{ previous }} as finished
where finished.is_finished
{%- endmacro %}
