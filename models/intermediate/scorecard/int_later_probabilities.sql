-- Conversion probabilities of the later observations, from the weights fitted to the earlier ones,
-- calibrated on the folds of the earlier ones.
with margins as (
    select held_out_log_odds.*
    from {{ ref('int_held_out_log_odds') }} as held_out_log_odds
    where held_out_log_odds.is_later
),

calibration as (
    select calibration.*
    from {{ ref('int_calibration') }} as calibration
    where calibration.left_out = 'later'
)

select
    margins.scoring_model,
    margins.observation_id,
    margins.is_converted,
    margins.observation_weight,
    {{ logistic('calibration.slope * margins.later_margin + calibration.intercept') }}
        as probability
from margins
inner join calibration on margins.scoring_model = calibration.scoring_model
