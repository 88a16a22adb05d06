-- Observations to which the conversion probability is fitted. A scoring model with too few
-- conversions or non-conversions has no rows.
{% set needs = scorecard_needs() %}
with sampled_observations as (
    select
        fit_sample.*,
        case when fit_sample.is_converted then 1 else 0 end as conversion,
        case when fit_sample.is_later then 1 else 0 end as later
    from {{ ref('int_fit_sample') }} as fit_sample
),

counted as (
    select
        sampled_observations.*,
        sum(sampled_observations.conversion) over (
            partition by sampled_observations.scoring_model
        ) as conversions,
        sum(1 - sampled_observations.conversion) over (
            partition by sampled_observations.scoring_model
        ) as non_conversions,
        sum(sampled_observations.later * sampled_observations.conversion) over (
            partition by sampled_observations.scoring_model
        ) as later_conversions,
        sum(sampled_observations.later * (1 - sampled_observations.conversion)) over (
            partition by sampled_observations.scoring_model
        ) as later_non_conversions
    from sampled_observations
)

select
    counted.scoring_model,
    counted.observation_id,
    counted.as_of,
    counted.lead_id,
    cast(counted.conversion as {{ type_double() }}) as is_converted,
    counted.is_later,
    counted.cluster_id,
    counted.fold,
    counted.observation_weight
from counted
where
    counted.conversions >= {{ needs.conversions }}
    and counted.non_conversions >= {{ needs.conversions }}
    and counted.later_conversions >= {{ needs.later }}
    and counted.later_non_conversions >= {{ needs.later }}
    and counted.conversions - counted.later_conversions >= {{ needs.later }}
    and counted.non_conversions - counted.later_non_conversions >= {{ needs.later }}
