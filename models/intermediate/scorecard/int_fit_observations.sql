-- Observations to which each scoring model is fitted, twice: to the earlier ones, so that the
-- holdout can measure the fit, and to all of them. A model with too few conversions or
-- non-conversions has no rows.
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
),

parts as (
    select 'all' as part

    union all

    select 'earlier' as part
)

select
    dense_rank() over (
        order by
            {{ byte_order('counted.scoring_model') }},
            {{ byte_order('parts.part') }}
    ) as fit_id,
    counted.scoring_model,
    parts.part,
    counted.observation_id,
    counted.as_of,
    counted.lead_id,
    cast(counted.conversion as {{ type_double() }}) as is_converted,
    counted.is_later,
    parts.part = 'all' or not counted.is_later as is_training
from counted
cross join parts
where
    counted.conversions >= {{ needs.conversions }}
    and counted.non_conversions >= {{ needs.conversions }}
    and counted.later_conversions >= {{ needs.later }}
    and counted.later_non_conversions >= {{ needs.later }}
    and counted.conversions - counted.later_conversions >= {{ needs.later }}
    and counted.non_conversions - counted.later_non_conversions >= {{ needs.later }}
