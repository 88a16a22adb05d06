-- Conversion probabilities of the holdout, from the weights fitted to the earlier observations,
-- calibrated on the holdout.
with margins as (
    select * from {{ ref('int_holdout_log_odds') }}
),

calibration as (
    select * from {{ ref('int_calibration') }}
)

select
    margins.scoring_model,
    margins.method,
    margins.observation_id,
    margins.is_converted,
    margins.margin,
    calibration.slope,
    calibration.intercept,
    {{ logistic('calibration.slope * margins.margin + calibration.intercept') }} as probability
from margins
inner join calibration
    on
        margins.scoring_model = calibration.scoring_model
        and margins.method = calibration.method
