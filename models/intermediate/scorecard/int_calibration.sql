{{ config(materialized='iterated', most_steps=200) }}

-- Slope and intercept that calibrate the log-odds of the holdout by maximum likelihood, held near 1
-- and 0 by a penalty. The SQL is one step; the materialization repeats it. A step divides the
-- gradient by a curvature that is at least that of the likelihood anywhere on the way (Jaakkola and
-- Jordan 2000), so that it cannot overshoot.
{% set penalty = 200 %}
{% set log_odds = 'calibration.slope * later.margin + calibration.intercept' %}
with later as (
    select * from {{ ref('int_holdout_log_odds') }}
),

beginning as (
    select
        later.scoring_model,
        later.method,
        cast(1 as {{ type_double() }}) as slope,
        cast(0 as {{ type_double() }}) as intercept,
        false as is_finished
    from later
    group by later.scoring_model, later.method
),

previous as (
    select * from {{ previous_step('beginning') }}
),

calibration as (
    select * from previous
    where not is_finished
),

calibrated as (
    select
        later.scoring_model,
        later.method,
        later.is_converted,
        later.margin,
        calibration.slope,
        calibration.intercept,
        {{ log_odds }} as log_odds,
        {{ logistic(log_odds) }} as probability
    from later
    inner join calibration
        on
            later.scoring_model = calibration.scoring_model
            and later.method = calibration.method
),

curved as (
    select
        calibrated.*,
        case
            when abs(calibrated.log_odds) < 0.000001 then cast(0.25 as {{ type_double() }})
            else (calibrated.probability - 0.5) / calibrated.log_odds
        end as curvature
    from calibrated
),

sums as (
    select
        curved.scoring_model,
        curved.method,
        curved.slope,
        curved.intercept,
        sum((curved.probability - curved.is_converted) * curved.margin)
        + {{ penalty }} * (curved.slope - 1) as slope_gradient,
        sum(curved.probability - curved.is_converted)
        + {{ penalty }} * curved.intercept as intercept_gradient,
        sum(curved.curvature * curved.margin * curved.margin) + {{ penalty }}
            as slope_curvature,
        sum(curved.curvature) + {{ penalty }} as intercept_curvature,
        sum(curved.curvature * curved.margin) as shared_curvature
    from curved
    group by curved.scoring_model, curved.method, curved.slope, curved.intercept
),

changes as (
    select
        sums.*,
        (
            sums.shared_curvature * sums.intercept_gradient
            - sums.intercept_curvature * sums.slope_gradient
        ) / (
            sums.slope_curvature * sums.intercept_curvature
            - sums.shared_curvature * sums.shared_curvature
        ) as slope_change,
        (
            sums.shared_curvature * sums.slope_gradient
            - sums.slope_curvature * sums.intercept_gradient
        ) / (
            sums.slope_curvature * sums.intercept_curvature
            - sums.shared_curvature * sums.shared_curvature
        ) as intercept_change
    from sums
)

select
    changes.scoring_model,
    changes.method,
    changes.slope + changes.slope_change as slope,
    changes.intercept + changes.intercept_change as intercept,
    greatest(abs(changes.slope_change), abs(changes.intercept_change))
    < {{ scorecard_tolerance() }} as is_finished
from changes

union all

select
    finished.scoring_model,
    finished.method,
    finished.slope,
    finished.intercept,
    finished.is_finished
from previous as finished
where finished.is_finished
