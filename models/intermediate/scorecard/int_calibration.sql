{{ config(materialized='iterated', most_steps=200) }}

-- Slope and intercept that calibrate the log-odds of observations whose fold a fit left out, by
-- maximum likelihood, with a penalty that pulls them towards 1 and 0: on all observations, and on
-- the earlier ones only. The SQL is one step of Newton's method; the materialization repeats it.
{% set penalty = 10 %}
{% set log_odds = 'calibration.slope * held_out.margin + calibration.intercept' %}
with uses as (
    select 'nothing' as left_out

    union all

    select 'later' as left_out
),

held_out as (
    select
        held_out_log_odds.scoring_model,
        uses.left_out,
        held_out_log_odds.is_converted,
        held_out_log_odds.observation_weight,
        held_out_log_odds.fold_margin as margin
    from {{ ref('int_held_out_log_odds') }} as held_out_log_odds
    cross join uses
    where
        uses.left_out = 'nothing'
        or not held_out_log_odds.is_later
),

beginning as (
    select
        held_out.scoring_model,
        held_out.left_out,
        cast(1 as {{ type_double() }}) as slope,
        cast(0 as {{ type_double() }}) as intercept,
        false as is_finished
    from held_out
    group by held_out.scoring_model, held_out.left_out
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
        held_out.scoring_model,
        held_out.left_out,
        held_out.is_converted,
        held_out.observation_weight,
        held_out.margin,
        calibration.slope,
        calibration.intercept,
        {{ log_odds }} as log_odds,
        {{ logistic(log_odds) }} as probability
    from held_out
    inner join calibration
        on
            held_out.scoring_model = calibration.scoring_model
            and held_out.left_out = calibration.left_out
),

curved as (
    select
        calibrated.*,
        calibrated.observation_weight * calibrated.probability * (1 - calibrated.probability)
            as curvature
    from calibrated
),

sums as (
    select
        curved.scoring_model,
        curved.left_out,
        curved.slope,
        curved.intercept,
        sum(
            curved.observation_weight * (curved.probability - curved.is_converted) * curved.margin
        )
        + {{ penalty }} * (curved.slope - 1) as slope_gradient,
        sum(curved.observation_weight * (curved.probability - curved.is_converted))
        + {{ penalty }} * curved.intercept as intercept_gradient,
        sum(curved.curvature * curved.margin * curved.margin) + {{ penalty }}
            as slope_curvature,
        sum(curved.curvature) + {{ penalty }} as intercept_curvature,
        sum(curved.curvature * curved.margin) as shared_curvature
    from curved
    group by curved.scoring_model, curved.left_out, curved.slope, curved.intercept
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

-- The step is limited, because far from the maximum it might overshoot.
select
    changes.scoring_model,
    changes.left_out,
    changes.slope + greatest(-1, least(1, changes.slope_change)) as slope,
    changes.intercept + greatest(-2, least(2, changes.intercept_change)) as intercept,
    greatest(abs(changes.slope_change), abs(changes.intercept_change))
    < 0.000001 as is_finished
from changes

union all

select
    finished.scoring_model,
    finished.left_out,
    finished.slope,
    finished.intercept,
    finished.is_finished
from previous as finished
where finished.is_finished
