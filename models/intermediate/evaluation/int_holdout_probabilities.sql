{{ config(
    pre_hook="{{ delete_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- Conversion probabilities of the holdout of the last evaluation, from the weights fitted to the
-- earlier leads.
with observations as (
    select
        fit_observations.scoring_model,
        fit_observations.observation_id,
        fit_observations.as_of,
        fit_observations.lead_id
    from {{ ref('int_fit_observations') }} as fit_observations
),

evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
    where is_due
)

select
    evaluation_plan.evaluated_on,
    later_probabilities.scoring_model,
    'scorecard' as method,
    observations.as_of,
    observations.lead_id,
    later_probabilities.probability
from {{ ref('int_later_probabilities') }} as later_probabilities
cross join evaluation_plan
inner join observations
    on
        later_probabilities.scoring_model = observations.scoring_model
        and later_probabilities.observation_id = observations.observation_id
