-- Log-odds of each observation from fits that left it out: its fold, and for a later observation
-- also the fit to the earlier ones.
with observations as (
    select * from {{ ref('int_fit_observations') }}
),

held_out as (
    select
        observations.scoring_model,
        observations.observation_id,
        {{ left_out_fold('observations.fold') }} as left_out
    from observations

    union all

    select
        observations.scoring_model,
        observations.observation_id,
        'later' as left_out
    from observations
    where observations.is_later
),

margins as (
    select
        held_out.scoring_model,
        held_out.observation_id,
        sum(case when held_out.left_out <> 'later' then paired_rows.amount * bin_weights.weight end)
            as fold_margin,
        sum(case when held_out.left_out = 'later' then paired_rows.amount * bin_weights.weight end)
            as later_margin
    from held_out
    inner join {{ ref('int_fit_paired_rows') }} as paired_rows
        on
            held_out.scoring_model = paired_rows.scoring_model
            and held_out.observation_id = paired_rows.observation_id
    inner join {{ ref('int_bin_weights') }} as bin_weights
        on
            paired_rows.scoring_model = bin_weights.scoring_model
            and paired_rows.bin_id = bin_weights.bin_id
            and held_out.left_out = bin_weights.left_out
    group by held_out.scoring_model, held_out.observation_id
)

select
    observations.scoring_model,
    observations.observation_id,
    observations.is_later,
    observations.is_converted,
    observations.observation_weight,
    -- Rounded, so that the same bins give the same sum in any order of addition.
    cast({{ nine_decimals('margins.fold_margin') }} as {{ type_double() }}) as fold_margin,
    cast({{ nine_decimals('margins.later_margin') }} as {{ type_double() }}) as later_margin
from observations
inner join margins
    on
        observations.scoring_model = margins.scoring_model
        and observations.observation_id = margins.observation_id
