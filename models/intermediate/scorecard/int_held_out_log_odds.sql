-- Log-odds of each observation from fits that left it out: its fold, and for a later observation
-- also the fit to the earlier ones.
{% set fits = final_fits() %}
{% set later = (fits | selectattr('left_out', 'equalto', 'later') | first).number %}
with weights as (
    select
        bin_weights.scoring_model,
        bin_weights.bin_id,
        {{ weight_columns(fits) }}
    from {{ ref('int_bin_weights') }} as bin_weights
    group by bin_weights.scoring_model, bin_weights.bin_id
),

margins as (
    select
        paired_rows.scoring_model,
        paired_rows.observation_id,
        {{ margin_columns(fits, 'paired_rows') }}
    from {{ ref('int_fit_paired_rows') }} as paired_rows
    inner join weights
        on
            paired_rows.scoring_model = weights.scoring_model
            and paired_rows.bin_id = weights.bin_id
    group by paired_rows.scoring_model, paired_rows.observation_id
)

select
    observations.scoring_model,
    observations.observation_id,
    observations.is_later,
    observations.is_converted,
    observations.observation_weight,
    -- Rounded, so that the same bins give the same sum in any order of addition.
    cast({{ nine_decimals(held_out_margin(fits)) }} as {{ type_double() }}) as fold_margin,
    case
        when observations.is_later
            then cast({{ nine_decimals('margins.margin_' ~ later) }} as {{ type_double() }})
    end as later_margin
from {{ ref('int_fit_observations') }} as observations
inner join margins
    on
        observations.scoring_model = margins.scoring_model
        and observations.observation_id = margins.observation_id
