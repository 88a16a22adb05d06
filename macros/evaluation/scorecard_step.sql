{# Columns of the state of a fit that has not taken a step. #}
{% macro state_before_the_first_step() -%}
    cast(0 as {{ type_double() }}) as direction,
        cast(0 as {{ type_double() }}) as gradient,
        cast(0 as {{ type_double() }}) as gradient_product,
        cast(0 as {{ type_double() }}) as slope,
        cast(null as {{ type_double() }}) as largest_change,
        false as is_finished
{%- endmacro %}

{#
    The weights of a fit. Bins are centred by their means: what that subtracts from every
    margin is moved to the intercept.
#}
{% macro centred(weights, bins) -%}
    {{ weights }}.weight - case
            when {{ weights }}.bin_id = 0
                then
                    sum({{ bins }}.mean_amount * {{ weights }}.weight) over (
                        partition by {{ weights }}.scoring_model, {{ weights }}.fit_number
                    )
            else 0
        end
{%- endmacro %}

{#
    Derivative of the penalty along weights of the CTE state: neighbouring ranges are pulled
    together, and a little towards their mean; means, lines, values and pairs are pulled towards 0.
    Expects the CTEs bins, whose ranges follow each other by bin_id, and means.
#}
{% macro penalty_pull(column) -%}
    {%- set by_bin = 'over (partition by state.scoring_model, state.fit_number order by state.bin_id)' -%}
    case bins.kind
            when 'range'
                then
                    bins.feature_penalty * means.{{ column }} / bins.bins_of_feature
                    + state.penalty * (
                        {{ scorecard_needs().range_penalty }} * (state.{{ column }} - means.{{ column }})
                        + (bins.bins_of_feature - 1) * (
                            case
                                when bins.range_number > 1
                                    then state.{{ column }} - lag(state.{{ column }}) {{ by_bin }}
                                else 0
                            end
                            + case
                                when bins.range_number < bins.bins_of_feature
                                    then state.{{ column }} - lead(state.{{ column }}) {{ by_bin }}
                                else 0
                            end
                        )
                    )
            when 'pair' then {{ scorecard_needs().pair_penalty }} * state.{{ column }}
            else coalesce(bins.feature_penalty, 0) * state.{{ column }}
        end
{%- endmacro %}

{# Curvature of the penalty with respect to the weight of each bin. #}
{% macro penalty_curvature() -%}
    case bins.kind
            when 'range'
                then
                    bins.feature_penalty / (bins.bins_of_feature * bins.bins_of_feature)
                    + state.penalty * (
                        {{ scorecard_needs().range_penalty }} + (bins.bins_of_feature - 1)
                        * case when bins.range_number in (1, bins.bins_of_feature) then 1 else 2 end
                    )
            when 'pair' then {{ scorecard_needs().pair_penalty }}
            else coalesce(bins.feature_penalty, 0)
        end
{%- endmacro %}

{#
    CTEs and final select of one step of all fits, by conjugate gradients (Polak and Ribiere 1969),
    each weight in units of its own curvature. A macro, because the first and the final fits take
    the same step. The columns hold all fits side by side, so the bins of the observations are read
    once for all of them; a finished fit keeps its weights.

    previous: the state of the fits; cells: the bins of each observation; fits: a list of dict;
    tolerance: a fit ends when a step would move no weight by more. Expects the CTEs bins and
    observations. Bins are centred, because their correlation with the intercept would slow down the
    fit.
#}
{% macro scorecard_step(previous, cells, fits, tolerance) -%}
state as (
    select * from {{ previous }}
    where not is_finished
),

-- Means of the ranges of each feature.
means as (
    select
        state.scoring_model,
        state.fit_number,
        bins.feature,
        avg(state.weight) as weight,
        avg(state.direction) as direction
    from state
    inner join bins
        on
            state.scoring_model = bins.scoring_model
            and state.bin_id = bins.bin_id
    where bins.kind = 'range'
    group by state.scoring_model, state.fit_number, bins.feature
),

-- What the penalty adds to the gradient, and to its change along the direction.
pulled as (
    select
        state.*,
        bins.mean_amount,
        {{ penalty_pull('weight') }} as weight_pull,
        {{ penalty_pull('direction') }} as direction_pull,
        bins.curvature + {{ penalty_curvature() }} as curvature,
        bins.curvature as loss_curvature,
        case when bins.kind = 'range' then bins.feature end as range_feature,
        bins.bins_of_feature,
        bins.range_number - (bins.bins_of_feature + 1) / cast(2 as {{ type_double() }}) as distance,
        bins.feature_curvature + bins.feature_penalty as mean_curvature
    from state
    inner join bins
        on
            state.scoring_model = bins.scoring_model
            and state.bin_id = bins.bin_id
    left join means
        on
            state.scoring_model = means.scoring_model
            and state.fit_number = means.fit_number
            and bins.feature = means.feature
),

-- What centring the bins subtracts from every margin, to be moved to the intercept.
centres as (
    select
        pulled.scoring_model,
        pulled.fit_number,
        sum(pulled.mean_amount * pulled.weight) as weight,
        sum(pulled.mean_amount * pulled.direction) as direction
    from pulled
    group by pulled.scoring_model, pulled.fit_number
),

weights as (
    select
        pulled.scoring_model,
        pulled.bin_id,
        {%- for fit in fits %}
        max(
            case
                when pulled.fit_number = {{ fit.number }}
                    then pulled.weight - case when pulled.bin_id = 0 then centres.weight else 0 end
            end
        ) as weight_{{ fit.number }},
        max(
            case
                when pulled.fit_number = {{ fit.number }}
                    then pulled.direction - case when pulled.bin_id = 0 then centres.direction else 0 end
            end
        ) as direction_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from pulled
    inner join centres
        on
            pulled.scoring_model = centres.scoring_model
            and pulled.fit_number = centres.fit_number
    group by pulled.scoring_model, pulled.bin_id
),

-- Log-odds of each observation, and how much one step along the direction changes them.
margins as (
    select
        cells.scoring_model,
        cells.observation_id,
        {%- for fit in fits %}
        sum(cells.amount * weights.weight_{{ fit.number }}) as margin_{{ fit.number }},
        sum(cells.amount * weights.direction_{{ fit.number }}) as change_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ cells }} as cells
    inner join weights
        on
            cells.scoring_model = weights.scoring_model
            and cells.bin_id = weights.bin_id
    group by cells.scoring_model, cells.observation_id
),

observed as{{ planned_apart() }} (
    select
        margins.*,
        observations.is_converted,
        {%- for fit in fits %}
        {{ counted_weight(fit) }} as counted_{{ fit.number }},
        {{ logistic('margins.margin_' ~ fit.number) }} as probability_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from margins
    inner join observations
        on
            margins.scoring_model = observations.scoring_model
            and margins.observation_id = observations.observation_id
),

-- Newton's method along the direction gives the step size, which is reduced the more it would
-- change the log-odds of any observation, so it cannot overshoot.
curvatures as (
    select
        observed.scoring_model,
        {%- for fit in fits %}
        sum(
            observed.counted_{{ fit.number }}
            * observed.probability_{{ fit.number }} * (1 - observed.probability_{{ fit.number }})
            * observed.change_{{ fit.number }} * observed.change_{{ fit.number }}
        ) as curvature_{{ fit.number }},
        max(case when observed.counted_{{ fit.number }} > 0 then abs(observed.change_{{ fit.number }}) end)
            as largest_change_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from observed
    group by observed.scoring_model
),

directions as (
    select
        pulled.scoring_model,
        pulled.fit_number,
        sum(pulled.direction * pulled.direction_pull) as direction_penalty,
        max(pulled.slope) as slope
    from pulled
    group by pulled.scoring_model, pulled.fit_number
),

newton_steps as (
    select
        directions.scoring_model,
        directions.fit_number,
        coalesce(
            -directions.slope / nullif(
                directions.direction_penalty + case directions.fit_number
                    {%- for fit in fits %}
                    when {{ fit.number }} then curvatures.curvature_{{ fit.number }}
                    {%- endfor %}
                end,
                0
            ),
            0
        ) as step_size,
        case directions.fit_number
            {%- for fit in fits %}
            when {{ fit.number }} then curvatures.largest_change_{{ fit.number }}
            {%- endfor %}
        end as largest_change
    from directions
    inner join curvatures on directions.scoring_model = curvatures.scoring_model
),

step_sizes as (
    select
        newton_steps.scoring_model,
        newton_steps.fit_number,
        case
            when newton_steps.step_size * newton_steps.largest_change > 0
                then
                    ln(1 + newton_steps.step_size * newton_steps.largest_change)
                    / newton_steps.largest_change
            else newton_steps.step_size
        end as step_size
    from newton_steps
),

steps as (
    select
        step_sizes.scoring_model,
        {%- for fit in fits %}
        max(case when step_sizes.fit_number = {{ fit.number }} then step_sizes.step_size end)
            as step_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from step_sizes
    group by step_sizes.scoring_model
),

moved as{{ planned_apart() }} (
    select
        observed.scoring_model,
        observed.observation_id,
        {%- for fit in fits %}
        observed.counted_{{ fit.number }} * (
            {{ logistic(
                'observed.margin_' ~ fit.number ~ ' + steps.step_' ~ fit.number
                ~ ' * observed.change_' ~ fit.number
            ) }} - observed.is_converted
        ) as residual_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from observed
    inner join steps on observed.scoring_model = steps.scoring_model
),

residuals as (
    select
        cells.scoring_model,
        cells.bin_id,
        {%- for fit in fits %}
        sum(cells.amount * moved.residual_{{ fit.number }}) as residual_{{ fit.number }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ cells }} as cells
    inner join moved
        on
            cells.scoring_model = moved.scoring_model
            and cells.observation_id = moved.observation_id
    group by cells.scoring_model, cells.bin_id
),

stepped as (
    select
        pulled.scoring_model,
        pulled.fit_number,
        pulled.penalty,
        pulled.left_out,
        pulled.bin_id,
        pulled.direction,
        pulled.curvature,
        pulled.loss_curvature,
        pulled.range_feature,
        pulled.bins_of_feature,
        pulled.distance,
        pulled.mean_curvature,
        pulled.gradient as gradient_before,
        pulled.gradient_product as gradient_product_before,
        pulled.weight + step_sizes.step_size * pulled.direction as weight,
        case pulled.fit_number
            {%- for fit in fits %}
            when {{ fit.number }}
                then
                    residuals.residual_{{ fit.number }}
                    - pulled.mean_amount * intercepts.residual_{{ fit.number }}
            {%- endfor %}
        end + pulled.weight_pull + step_sizes.step_size * pulled.direction_pull as gradient
    from pulled
    inner join step_sizes
        on
            pulled.scoring_model = step_sizes.scoring_model
            and pulled.fit_number = step_sizes.fit_number
    inner join residuals
        on
            pulled.scoring_model = residuals.scoring_model
            and pulled.bin_id = residuals.bin_id
    inner join residuals as intercepts
        on
            pulled.scoring_model = intercepts.scoring_model
            and intercepts.bin_id = 0
),

-- One by one, ranges that the penalty holds together would move slowly. So they also move together:
-- all by the same, and in proportion to their distance from the middle one.
shifts as (
    select
        stepped.scoring_model,
        stepped.fit_number,
        stepped.range_feature,
        sum(stepped.gradient) / max(stepped.mean_curvature) as shift,
        sum(stepped.distance * stepped.gradient) / (
            sum(
                stepped.distance * stepped.distance
                * (stepped.loss_curvature + {{ scorecard_needs().range_penalty }} * stepped.penalty)
            )
            + max(stepped.penalty * (stepped.bins_of_feature - 1) * (stepped.bins_of_feature - 1))
        ) as tilt
    from stepped
    where stepped.range_feature is not null
    group by stepped.scoring_model, stepped.fit_number, stepped.range_feature
),

scaled as (
    select
        stepped.*,
        stepped.gradient / stepped.curvature
        + coalesce(shifts.shift + stepped.distance * shifts.tilt, 0) as change
    from stepped
    left join shifts
        on
            stepped.scoring_model = shifts.scoring_model
            and stepped.fit_number = shifts.fit_number
            and stepped.range_feature = shifts.range_feature
),

products as (
    select
        scaled.scoring_model,
        scaled.fit_number,
        sum(scaled.gradient * scaled.change) as gradient_product,
        greatest(
            coalesce(
                sum((scaled.gradient - scaled.gradient_before) * scaled.change)
                / nullif(max(scaled.gradient_product_before), 0),
                0
            ),
            0
        ) as momentum,
        sum(scaled.gradient * scaled.direction) as slope,
        max(abs(scaled.change)) as largest_change
    from scaled
    group by scaled.scoring_model, scaled.fit_number
),

-- A direction that would go uphill is replaced by the steepest descent.
directed as (
    select
        products.scoring_model,
        products.fit_number,
        products.gradient_product,
        products.largest_change,
        case when products.momentum * products.slope < products.gradient_product
            then products.momentum else 0 end as momentum,
        case when products.momentum * products.slope < products.gradient_product
            then products.momentum * products.slope else 0 end - products.gradient_product as slope
    from products
)

select
    scaled.scoring_model,
    scaled.fit_number,
    scaled.penalty,
    scaled.left_out,
    scaled.bin_id,
    scaled.weight,
    directed.momentum * scaled.direction - scaled.change as direction,
    scaled.gradient,
    directed.gradient_product,
    directed.slope,
    directed.largest_change,
    directed.largest_change < {{ tolerance }} as is_finished
from scaled
inner join directed
    on
        scaled.scoring_model = directed.scoring_model
        and scaled.fit_number = directed.fit_number

union all

select
    finished.scoring_model,
    finished.fit_number,
    finished.penalty,
    finished.left_out,
    finished.bin_id,
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
