-- Features that are known for some observations and missing for others, at least 20 of each, unless
-- one bin would hold all known values.
{% set least = scorecard_needs().bin_observations %}
with fits as (
    select
        observations.scoring_model,
        count(*) as observations
    from {{ ref('int_fit_observations') }} as observations
    group by observations.scoring_model
),

features as (
    select
        fit_values.scoring_model,
        fit_values.feature,
        fit_values.is_number,
        count(*) as support,
        sum(fit_values.is_converted) as conversions,
        sum(fit_values.observation_weight) as weight_sum,
        count(distinct fit_values.value) as different_values
    from {{ ref('int_fit_values') }} as fit_values
    where
        not fit_values.is_number
        or fit_values.number_value is not null
    group by fit_values.scoring_model, fit_values.feature, fit_values.is_number
),

ranges as (
    select
        fit_ranges.scoring_model,
        fit_ranges.feature,
        count(*) as ranges
    from {{ ref('int_fit_ranges') }} as fit_ranges
    group by fit_ranges.scoring_model, fit_ranges.feature
)

select
    features.scoring_model,
    features.feature,
    features.is_number,
    features.support,
    features.conversions,
    features.weight_sum
from features
inner join fits on features.scoring_model = fits.scoring_model
left join ranges
    on
        features.scoring_model = ranges.scoring_model
        and features.feature = ranges.feature
where
    features.support >= {{ least }}
    and features.support <= fits.observations - {{ least }}
    and case when features.is_number then ranges.ranges else features.different_values end > 1
