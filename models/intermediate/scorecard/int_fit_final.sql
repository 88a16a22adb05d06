{{ config(materialized='iterated', most_steps=200) }}

-- Fits of single bins and pairs with the chosen penalty: to all observations, without the later
-- ones, and without each fold. They start from the weights of the first fits. The SQL is one step
-- of all fits; the materialization repeats it.
{% set fits = final_fits() %}
with bins as (
    select * from {{ ref('int_fit_bins') }}

    union all

    select * from {{ ref('int_fit_pair_bins') }}
),

observations as (
    select * from {{ ref('int_fit_observations') }}
),

fits as (
    {%- for fit in fits %}
    select
        {{ fit.number }} as fit_number,
        '{{ fit.left_out }}' as left_out
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

first_weights as (
    select
        first_fits.scoring_model,
        first_fits.penalty,
        first_fits.left_out,
        first_fits.bin_id,
        first_fits.weight
    from {{ ref('int_fit_init') }} as first_fits
    inner join {{ ref('int_fit_penalties') }} as penalties
        on
            first_fits.scoring_model = penalties.scoring_model
            and first_fits.penalty = penalties.penalty
    where penalties.is_chosen
),

averaged_weights as (
    select
        first_weights.scoring_model,
        first_weights.penalty,
        first_weights.bin_id,
        fits.fit_number,
        fits.left_out,
        avg(first_weights.weight) as weight
    from first_weights
    inner join fits
        on
            first_weights.left_out = fits.left_out
            or (fits.left_out = 'nothing' and first_weights.left_out <> 'later')
    group by
        first_weights.scoring_model,
        first_weights.penalty,
        first_weights.bin_id,
        fits.fit_number,
        fits.left_out
),

starts as (
    select * from averaged_weights

    union all

    select
        pair_bins.scoring_model,
        penalties.penalty,
        pair_bins.bin_id,
        fits.fit_number,
        fits.left_out,
        cast(0 as {{ type_double() }}) as weight
    from {{ ref('int_fit_pair_bins') }} as pair_bins
    inner join {{ ref('int_fit_penalties') }} as penalties
        on pair_bins.scoring_model = penalties.scoring_model
    cross join fits
    where penalties.is_chosen
),

beginning as (
    select
        starts.scoring_model,
        starts.fit_number,
        starts.penalty,
        starts.left_out,
        starts.bin_id,
        starts.weight,
        {{ state_before_the_first_step() }}
    from starts
),

previous as (
    select * from {{ previous_step('beginning') }}
),

{{ scorecard_step('previous', ref('int_fit_paired_rows'), fits, '0.001') }}
