{{ config(materialized='iterated', most_steps=200) }}

-- Weights of single bins, before features are paired, starting from no weights. The SQL is one step
-- of the fit; the materialization repeats it.
with bins_of_fits as (
    select * from {{ ref('int_fit_bins') }}
),

beginning as (
    select
        bins_of_fits.fit_id,
        bins_of_fits.bin_id,
        case
            when bins_of_fits.bin_id = 0 then cast(0 as {{ type_double() }})
            else cast(bins_of_fits.support as {{ type_double() }}) / bins_of_fits.observations
        end as share,
        case
            when bins_of_fits.bin_id = 0
                then
                    ln(
                        cast(bins_of_fits.conversions as {{ type_double() }})
                        / (bins_of_fits.observations - bins_of_fits.conversions)
                    )
            else cast(0 as {{ type_double() }})
        end as weight,
        cast(0 as {{ type_double() }}) as direction,
        cast(0 as {{ type_double() }}) as gradient,
        cast(0 as {{ type_double() }}) as gradient_product,
        cast(0 as {{ type_double() }}) as slope,
        cast(null as {{ type_double() }}) as largest_change,
        false as is_finished
    from bins_of_fits
),

previous as (
    select * from {{ previous_step('beginning') }}
),

{{ scorecard_step('previous', ref('int_fit_rows')) }}
