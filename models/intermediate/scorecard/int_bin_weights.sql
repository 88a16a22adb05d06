-- What each bin adds to the log-odds of a conversion under the scorecard and naive Bayes, before
-- calibration.
with bins as (
    select * from {{ ref('int_fit_bins') }}
),

fits as (
    select
        bins.fit_id,
        bins.scoring_model,
        bins.part
    from bins
    where bins.bin_id = 0
),

last_steps as (
    select
        fit_final.fit_id,
        fit_final.bin_id,
        fit_final.weight,
        max(fit_final.largest_change) over (
            partition by fit_final.fit_id
        ) as largest_change,
        -- The bins were centred; what centring subtracts from every margin is moved to the
        -- intercept.
        sum(fit_final.share * fit_final.weight) over (
            partition by fit_final.fit_id
        ) as centre
    from {{ ref('int_fit_final') }} as fit_final
),

counted_bins as (
    select
        bins.*,
        bins.support - bins.conversions as non_conversions,
        sum(bins.conversions) over (
            partition by bins.fit_id, bins.feature
        ) as feature_conversions,
        sum(bins.support - bins.conversions) over (
            partition by bins.fit_id, bins.feature
        ) as feature_non_conversions,
        count(*) over (partition by bins.fit_id, bins.feature) as feature_bins
    from bins
)

select
    fits.fit_id,
    fits.scoring_model,
    fits.part,
    'scorecard' as method,
    last_steps.bin_id,
    last_steps.weight - case when last_steps.bin_id = 0 then last_steps.centre else 0 end
        as weight,
    last_steps.largest_change
from fits
inner join last_steps on fits.fit_id = last_steps.fit_id

union all

select
    counted_bins.fit_id,
    counted_bins.scoring_model,
    counted_bins.part,
    'naive_bayes' as method,
    counted_bins.bin_id,
    case
        when counted_bins.bin_id = 0
            then ln(counted_bins.conversions / counted_bins.non_conversions)
        else
            ln(
                (counted_bins.conversions + 1)
                / (counted_bins.feature_conversions + counted_bins.feature_bins)
            )
            - ln(
                (counted_bins.non_conversions + 1)
                / (counted_bins.feature_non_conversions + counted_bins.feature_bins)
            )
    end as weight,
    cast(null as {{ type_double() }}) as largest_change
from counted_bins
