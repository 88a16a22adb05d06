-- The bins of each observation, by number, so that the steps of the fit read little data. The
-- amount is 1 in a bin, and on a line the value in standard deviations from the mean.
with observations as (
    select
        fit_observations.scoring_model,
        fit_observations.observation_id,
        fit_observations.as_of,
        fit_observations.lead_id
    from {{ ref('int_fit_observations') }} as fit_observations
),

bins as (
    select * from {{ ref('int_fit_bins') }}
),

training_features as (
    select * from {{ ref('int_training_features') }}
),

-- Matched by value, by range or, without a bin of its own, as rare: joins that the engine can hash.
binned_values as (
    select
        training_features.as_of,
        training_features.lead_id,
        bins.scoring_model,
        bins.bin_id,
        cast(1 as {{ type_double() }}) as amount
    from training_features
    inner join bins
        on
            training_features.feature = bins.feature
            and training_features.value = bins.value

    union all

    select
        training_features.as_of,
        training_features.lead_id,
        bins.scoring_model,
        bins.bin_id,
        case
            when bins.kind = 'line'
                then
                    (
                        cast(
                            least(
                                greatest(training_features.number_value, bins.line_start),
                                bins.line_end
                            ) - bins.line_start as {{ type_double() }}
                        ) - bins.mean_distance
                    ) / bins.spread
            else cast(1 as {{ type_double() }})
        end as amount
    from training_features
    inner join bins
        on
            training_features.feature = bins.feature
            and {{ is_in_range('training_features', 'bins') }}
    where bins.kind <> 'rare'

    union all

    select
        training_features.as_of,
        training_features.lead_id,
        bins.scoring_model,
        bins.bin_id,
        cast(1 as {{ type_double() }}) as amount
    from training_features
    inner join bins on training_features.feature = bins.feature
    left join bins as value_bins
        on
            bins.scoring_model = value_bins.scoring_model
            and bins.feature = value_bins.feature
            and training_features.value = value_bins.value
    where
        bins.kind = 'rare'
        and training_features.value is not null
        and value_bins.value is null
)

select
    observations.scoring_model,
    observations.observation_id,
    binned_values.bin_id,
    binned_values.amount
from observations
inner join binned_values
    on
        observations.scoring_model = binned_values.scoring_model
        and observations.as_of = binned_values.as_of
        and observations.lead_id = binned_values.lead_id

union all

select
    observations.scoring_model,
    observations.observation_id,
    0 as bin_id,
    cast(1 as {{ type_double() }}) as amount
from observations
