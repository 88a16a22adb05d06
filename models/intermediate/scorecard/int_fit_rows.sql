-- The bins of each observation, by number, so that the steps of the fit read little data.
with observations as (
    select
        fit_observations.fit_id,
        fit_observations.observation_id,
        fit_observations.as_of,
        fit_observations.lead_id,
        fit_observations.is_converted,
        fit_observations.is_training
    from {{ ref('int_fit_observations') }} as fit_observations
),

bins as (
    select * from {{ ref('int_fit_bins') }}
),

training_features as (
    select * from {{ ref('int_training_features') }}
),

-- Matched by value, else by range: two joins that the engine can hash.
binned_values as (
    select
        training_features.as_of,
        training_features.lead_id,
        bins.fit_id,
        bins.bin_id
    from training_features
    inner join bins
        on
            training_features.feature = bins.feature
            and training_features.value = bins.value

    union all

    select
        training_features.as_of,
        training_features.lead_id,
        bins.fit_id,
        bins.bin_id
    from training_features
    inner join bins
        on
            training_features.feature = bins.feature
            and {{ is_in_range('training_features', 'bins') }}
)

select
    observations.fit_id,
    observations.observation_id,
    binned_values.bin_id,
    observations.is_converted,
    observations.is_training
from observations
inner join binned_values
    on
        observations.fit_id = binned_values.fit_id
        and observations.as_of = binned_values.as_of
        and observations.lead_id = binned_values.lead_id

union all

select
    observations.fit_id,
    observations.observation_id,
    0 as bin_id,
    observations.is_converted,
    observations.is_training
from observations
