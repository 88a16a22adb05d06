-- Log-odds of the holdout, from the weights fitted to the earlier observations.
with weights as (
    select bin_weights.*
    from {{ ref('int_bin_weights') }} as bin_weights
    where bin_weights.part = 'earlier'
),

later_rows as (
    select fit_paired_rows.*
    from {{ ref('int_fit_paired_rows') }} as fit_paired_rows
    where not fit_paired_rows.is_training
)

select
    weights.scoring_model,
    weights.method,
    later_rows.observation_id,
    later_rows.is_converted,
    -- Rounded, so that the same bins give the same sum in any order of addition.
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
