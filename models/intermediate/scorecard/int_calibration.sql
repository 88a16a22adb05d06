{{ config(materialized='iterated', step='calibration_step', most_steps=200) }}

-- Slope and intercept that calibrate the log-odds of the holdout by maximum likelihood, held near 1
-- and 0 by a penalty. Iterated with the step in macros/evaluation/calibration.sql.
select
    later_margins.scoring_model,
    later_margins.method,
    cast(1 as {{ type_double() }}) as slope,
    cast(0 as {{ type_double() }}) as intercept,
    false as is_finished
from {{ ref('int_holdout_log_odds') }} as later_margins
group by later_margins.scoring_model, later_margins.method
