-- Which bins each observation is in, by number, so that the steps of the fit have little to read.
with observations as (
    select * from {{ ref('scorecard_observations') }}
),

bins as (
    select * from {{ ref('scorecard_bins') }}
),

training_features as (
    select * from {{ ref('training_features') }}
),

binned_values as (
    select
        observations.fit_id,
        observations.observation_id,
        bins.bin_id,
        observations.is_converted,
        observations.is_training
    from observations
    inner join training_features
        on
            observations.as_of = training_features.as_of
            and observations.lead_id = training_features.lead_id
    inner join bins
        on
            observations.fit_id = bins.fit_id
            and training_features.feature = bins.feature
            and {{ is_in_bin('training_features', 'bins') }}
)

select * from binned_values

union all

select
    observations.fit_id,
    observations.observation_id,
    0 as bin_id,
    observations.is_converted,
    observations.is_training
from observations
