-- What each bin adds to the log-odds of a conversion in each of the final fits, before calibration.
with fits as (
    select * from {{ ref('int_fit_final') }}
),

bins as (
    select
        single_bins.scoring_model,
        single_bins.bin_id,
        single_bins.mean_amount
    from {{ ref('int_fit_bins') }} as single_bins

    union all

    select
        pair_bins.scoring_model,
        pair_bins.bin_id,
        pair_bins.mean_amount
    from {{ ref('int_fit_pair_bins') }} as pair_bins
)

select
    fits.scoring_model,
    fits.left_out,
    fits.bin_id,
    {{ centred('fits', 'bins') }} as weight,
    max(fits.largest_change) over (
        partition by fits.scoring_model, fits.left_out
    ) as largest_change
from fits
inner join bins
    on
        fits.scoring_model = bins.scoring_model
        and fits.bin_id = bins.bin_id
