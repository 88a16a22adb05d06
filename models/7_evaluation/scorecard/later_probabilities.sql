-- What was fitted to the earlier observations says of the later ones after steps 13 to 25, the last
-- ones, of its calibration.
with calibrated_12 as (
    select * from {{ ref('later_margins') }}
),

{% for number in range(13, 26) -%}
{{ calibration_step(number) }},

{% endfor -%}
calibrated as (
    select * from calibrated_25
)

select
    calibrated.scoring_model,
    calibrated.method,
    calibrated.observation_id,
    calibrated.is_converted,
    calibrated.margin,
    calibrated.slope,
    calibrated.intercept,
    {{ logistic('calibrated.slope * calibrated.margin + calibrated.intercept') }} as probability
from calibrated
