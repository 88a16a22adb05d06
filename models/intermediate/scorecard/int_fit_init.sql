{{ config(materialized='iterated', most_steps=200) }}

-- Fits of single bins with each strength of the penalty, each without one fold of the leads, and
-- without the later observations. The SQL is one step of all fits; the materialization repeats it.
{% set fits = fits_by_penalty() %}
with bins as (
    select * from {{ ref('int_fit_bins') }}
),

observations as (
    select * from {{ ref('int_fit_observations') }}
),

fits as (
    {%- for fit in fits %}
    select
        {{ fit.number }} as fit_number,
        cast({{ fit.penalty }} as {{ type_double() }}) as penalty,
        '{{ fit.left_out }}' as left_out
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

beginning as (
    select
        bins.scoring_model,
        fits.fit_number,
        fits.penalty,
        fits.left_out,
        bins.bin_id,
        case
            when bins.bin_id = 0
                then
                    ln(
                        cast(bins.conversions as {{ type_double() }})
                        / (bins.support - bins.conversions)
                    )
            else cast(0 as {{ type_double() }})
        end as weight,
        {{ state_before_the_first_step() }}
    from bins
    cross join fits
),

previous as (
    select * from {{ previous_step('beginning') }}
),

{{ scorecard_step('previous', ref('int_fit_rows'), fits, '0.01') }}
