-- Observations of each scoring model with a known outcome: all of them, or as many of each outcome
-- as a fit can handle, which then also represent those left out. The folds hold out whole
-- companies, because one deal converts all leads of a company; one with a tenth of the observations
-- is divided by lead.
{% set most = var('most_fit_observations') %}
with current_leads as (
    select * from {{ ref('int_current_leads') }}
),

known_observations as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.is_later,
        observations.is_converted,
        {{ hash_key([
            'observations.scoring_model', 'observations.as_of', 'observations.lead_id',
        ]) }} as sample_key,
        current_leads.company_id
    from {{ ref('int_observations') }} as observations
    left join current_leads on observations.lead_id = current_leads.lead_id
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
),

drawn as (
    select
        limited.*,
        case
            when
                10 * count(*) over (partition by limited.scoring_model, limited.company_id)
                < count(*) over (partition by limited.scoring_model)
                then coalesce(limited.company_id, limited.lead_id)
            else limited.lead_id
        end as cluster_id
    from limited
    where limited.draw_number <= limited.most_of_outcome
)

select
    drawn.scoring_model,
    drawn.as_of,
    drawn.lead_id,
    drawn.is_later,
    drawn.is_converted,
    row_number() over (
        partition by drawn.scoring_model
        order by
            drawn.sample_key,
            drawn.as_of,
            {{ byte_order('drawn.lead_id') }}
    ) as observation_id,
    cast(drawn.observations_of_outcome as {{ type_double() }}) / drawn.most_of_outcome
        as observation_weight,
    drawn.cluster_id,
    mod(
        dense_rank() over (
            partition by drawn.scoring_model
            order by
                {{ hash_number('drawn.cluster_id') }},
                {{ byte_order('drawn.cluster_id') }}
        ),
        {{ fit_folds() }}
    ) as fold
from drawn
