-- Every feature value of the observations of a fit, and whether the feature counts as a number:
-- text does if nearly all of it reads as numbers and there are more than a few different ones.
with observations as (
    select * from {{ ref('int_fit_observations') }}
),

known_values as (
    select
        observations.scoring_model,
        observations.is_converted,
        observations.observation_weight,
        observations.is_later,
        training_features.feature,
        training_features.value,
        training_features.number_value
    from {{ ref('int_training_features') }} as training_features
    inner join observations
        on
            training_features.as_of = observations.as_of
            and training_features.lead_id = observations.lead_id
),

features as (
    select
        known_values.scoring_model,
        known_values.feature,
        min(known_values.value) is null
        or (
            count(known_values.number_value) >= 0.95 * count(*)
            and count(distinct known_values.number_value) > 10
        ) as is_number
    from known_values
    group by known_values.scoring_model, known_values.feature
)

select
    known_values.scoring_model,
    known_values.feature,
    known_values.value,
    known_values.number_value,
    known_values.is_converted,
    known_values.observation_weight,
    known_values.is_later,
    features.is_number,
    rank() over (
        partition by known_values.scoring_model, known_values.feature
        order by
            case when known_values.number_value is null then 1 else 0 end,
            known_values.number_value
    ) as value_rank,
    count(known_values.number_value) over (
        partition by known_values.scoring_model, known_values.feature
    ) as known
from known_values
inner join features
    on
        known_values.scoring_model = features.scoring_model
        and known_values.feature = features.feature
