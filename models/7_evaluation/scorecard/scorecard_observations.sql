-- The observations that each scoring model is fitted to, twice: to the earlier ones, to measure on
-- the later ones, and to all of them. A model with too few of either outcome has none.
{% set needs = scorecard_needs() %}
with known_observations as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.is_later,
        observations.is_converted,
        case when observations.is_converted then 1 else 0 end as conversion,
        case when observations.is_later then 1 else 0 end as later,
        {{ hash_key([
            'observations.scoring_model', 'observations.as_of', 'observations.lead_id',
        ]) }} as sample_key
    from {{ ref('observations') }} as observations
    where not observations.is_censored
),

counted as (
    select
        known_observations.*,
        sum(known_observations.conversion) over (
            partition by known_observations.scoring_model
        ) as conversions,
        sum(1 - known_observations.conversion) over (
            partition by known_observations.scoring_model
        ) as non_conversions,
        sum(known_observations.later * known_observations.conversion) over (
            partition by known_observations.scoring_model
        ) as later_conversions,
        sum(known_observations.later * (1 - known_observations.conversion)) over (
            partition by known_observations.scoring_model
        ) as later_non_conversions,
        row_number() over (
            partition by known_observations.scoring_model
            order by
                known_observations.sample_key,
                known_observations.as_of,
                {{ byte_order('known_observations.lead_id') }}
        ) as observation_id
    from known_observations
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
    and counted.observation_id <= {{ needs.most_observations }}
