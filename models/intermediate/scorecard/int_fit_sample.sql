-- Observations of each scoring model with a known outcome, at most as many as a fit can handle.
with known_observations as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.is_later,
        observations.is_converted,
        {{ hash_key([
            'observations.scoring_model', 'observations.as_of', 'observations.lead_id',
        ]) }} as sample_key
    from {{ ref('int_observations') }} as observations
    where not observations.is_censored
),

numbered as (
    select
        known_observations.scoring_model,
        known_observations.as_of,
        known_observations.lead_id,
        known_observations.is_later,
        known_observations.is_converted,
        row_number() over (
            partition by known_observations.scoring_model
            order by
                known_observations.sample_key,
                known_observations.as_of,
                {{ byte_order('known_observations.lead_id') }}
        ) as observation_id
    from known_observations
)

select numbered.*
from numbered
where numbered.observation_id <= {{ scorecard_needs().most_observations }}
