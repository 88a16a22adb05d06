{{ config(materialized='ephemeral') }}

-- Values of the features used by the weights in force, for the leads of the scored days.
with weights as (
    select distinct
        weights_in_force.as_of,
        weights_in_force.scoring_model,
        weights_in_force.feature
    from {{ ref('int_weights_in_force') }} as weights_in_force
),

fitted_models as (
    select distinct
        weights.as_of,
        weights.scoring_model
    from weights
),

leads as (
    select distinct
        scored_leads.as_of,
        scored_leads.lead_id
    from {{ ref('int_scored_leads') }} as scored_leads
    inner join fitted_models
        on
            scored_leads.as_of = fitted_models.as_of
            and scored_leads.scoring_model = fitted_models.scoring_model
),

weighted_features as (
    select distinct weights.feature
    from weights
),

{{ lead_features('weighted_features') }}
