{# How much a scorecard is not fitted without; of its earlier and later part each, `later`. #}
{% macro scorecard_needs() %}
    {{ return({
        'conversions': minimum_conversions(), 'later': [minimum_conversions() // 10, 5] | max,
        'bin_observations': 20,
        'most_observations': 50000, 'paired_features': 12, 'most_pairs': 4, 'pair_score': 4,
    }) }}
{% endmacro %}

{# Whether the number of a feature is in a range of the same feature. #}
{% macro is_in_range(values, bins) -%}
    {{ bins }}.value is null
            and {{ values }}.number_value is not null
            and ({{ bins }}.lower_bound is null or {{ bins }}.lower_bound <= {{ values }}.number_value)
            and ({{ bins }}.upper_bound is null or {{ bins }}.upper_bound > {{ values }}.number_value)
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

{# By how much a step may still move any weight, in log-odds, for the fit to end. #}
{% macro scorecard_tolerance() %}
    {{ return('0.000001') }}
{% endmacro %}

{#
    How a fit begins: the columns of the state of each bin of the CTE `weights` [fit_id, bin_id,
    share, weight], which the first step only takes the gradient of.
#}
{% macro scorecard_beginning() -%}
select
    weights.fit_id,
    weights.bin_id,
    weights.share,
    weights.weight,
    {%- for column in [
        'direction', 'gradient', 'gradient_product', 'slope', 'largest_change',
    ] %}
    cast({{ 'null' if column == 'largest_change' else 0 }} as {{ type_double() }}) as {{ column }},
    {%- endfor %}
    false as is_finished
from weights
{%- endmacro %}

{#
    A step of the fit from the table `previous` of bins, over the rows of the table `binned`: by
    conjugate gradients (Polak and Ribiere 1969), each weight in units of its own curvature. All fits
    take their step at once; one that is finished keeps its weights.

    The bins of a feature are centred by their share, so that what they have in common with the
    intercept does not slow the fit down; a shift is what that takes off every margin.
#}
{% macro scorecard_step(previous, binned) -%}
{%- set penalty = 'case when bins.bin_id = 0 then 0 else ' ~ scorecard_penalty() ~ ' end' -%}
with bins as (
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

-- Each observation's log-odds, and by how much the direction changes them.
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

-- How far to go: by Newton's method along the direction.
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

-- A direction that would go up begins anew, straight down.
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

{# The steps of the fit of single bins, and of the one with pairs of bins. #}
{% macro scorecard_first_step(previous) -%}
    {{ return(scorecard_step(previous, ref('int_fit_rows'))) }}
{%- endmacro %}

{% macro scorecard_paired_step(previous) -%}
    {{ return(scorecard_step(previous, ref('int_fit_paired_rows'))) }}
{%- endmacro %}
