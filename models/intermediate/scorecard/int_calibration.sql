{{ config(materialized='iterated', step='calibration_step', most_steps=200) }}

-- Slope and intercept that calibrate the log-odds of the holdout by maximum likelihood, held near 1
-- and 0 by a penalty. Iterated with the step in macros/evaluation/calibration.sql.
select
    holdout_log_odds.scoring_model,
    holdout_log_odds.method,
    cast(1 as {{ type_double() }}) as slope,
    cast(0 as {{ type_double() }}) as intercept,
    false as is_finished
from {{ ref('int_holdout_log_odds') }} as holdout_log_odds
group by holdout_log_odds.scoring_model, holdout_log_odds.method
