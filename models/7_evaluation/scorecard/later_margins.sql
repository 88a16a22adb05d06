-- What the weights that were fitted to the earlier observations say of the later ones, and the first
-- 12 steps of its calibration on these: a slope and an intercept for the log-odds by the likelihood,
-- held to 1 and 0 by a penalty.
with weights as (
    select bin_weights.*
    from {{ ref('bin_weights') }} as bin_weights
    where bin_weights.part = 'earlier'
),

later_rows as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where not scorecard_paired_rows.is_training
),

margins as (
    select
        weights.scoring_model,
        weights.method,
        later_rows.observation_id,
        later_rows.is_converted,
        -- Rounded, so that the same bins give the same sum in whatever order they are added.
        cast({{ nine_decimals('sum(weights.weight)') }} as {{ type_double() }}) as margin
    from later_rows
    inner join weights
        on
            later_rows.fit_id = weights.fit_id
            and later_rows.bin_id = weights.bin_id
    group by
        weights.scoring_model,
        weights.method,
        later_rows.observation_id,
        later_rows.is_converted
),

calibrated_0 as{{ planned_apart() }} (
    select
        margins.*,
        cast(1 as {{ type_double() }}) as slope,
        cast(0 as {{ type_double() }}) as intercept,
        {{ calibration_penalty() }} + sum(margins.margin * margins.margin) over (
            partition by margins.scoring_model, margins.method
        ) / 4 as slope_curvature,
        {{ calibration_penalty() }} + count(*) over (
            partition by margins.scoring_model, margins.method
        ) / cast(4 as {{ type_double() }}) as intercept_curvature,
        sum(margins.margin) over (
            partition by margins.scoring_model, margins.method
        ) / 4 as shared_curvature
    from margins
),

{% for number in range(1, 13) -%}
{{ calibration_step(number) }},

{% endfor -%}
final as (
    select * from calibrated_12
)

select * from final
