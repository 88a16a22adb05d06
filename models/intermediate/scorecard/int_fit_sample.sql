-- Observations of each scoring model with a known outcome: all of them, or as many of each outcome
-- as a fit can handle, which then also represent those left out. The folds hold out whole leads.
{% set most = var('most_fit_observations') %}
with known_observations as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.is_later,
        observations.is_converted,
        {{ hash_key([
            'observations.scoring_model', 'observations.as_of', 'observations.lead_id',
        ]) }} as sample_key,
        {{ hash_key(['observations.lead_id']) }} as lead_key
    from {{ ref('int_observations') }} as observations
    where not observations.is_censored
),

numbered as (
    select
        known_observations.*,
        row_number() over (
            partition by known_observations.scoring_model, known_observations.is_converted
            order by
                known_observations.sample_key,
                known_observations.as_of,
                {{ byte_order('known_observations.lead_id') }}
        ) as draw_number,
        count(*) over (
            partition by known_observations.scoring_model, known_observations.is_converted
        ) as observations_of_outcome,
        sum(case when known_observations.is_converted then 1 else 0 end) over (
            partition by known_observations.scoring_model
        ) as conversions
    from known_observations
),

limited as (
    select
        numbered.*,
        case
            when numbered.is_converted then least(numbered.conversions, {{ most // 2 }})
            else
                least(
                    numbered.observations_of_outcome,
                    {{ most }} - least(numbered.conversions, {{ most // 2 }})
                )
        end as most_of_outcome
    from numbered
)

select
    limited.scoring_model,
    limited.as_of,
    limited.lead_id,
    limited.is_later,
    limited.is_converted,
    row_number() over (
        partition by limited.scoring_model
        order by
            limited.sample_key,
            limited.as_of,
            {{ byte_order('limited.lead_id') }}
    ) as observation_id,
    cast(limited.observations_of_outcome as {{ type_double() }}) / limited.most_of_outcome
        as observation_weight,
    mod(
        dense_rank() over (
            partition by limited.scoring_model
            order by limited.lead_key, {{ byte_order('limited.lead_id') }}
        ),
        {{ fit_folds() }}
    ) as fold
from limited
where limited.draw_number <= limited.most_of_outcome
