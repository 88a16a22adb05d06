-- What is known of the leads of the days that are asked for, of the features that the versions in
-- force have weights for.
with versions_in_force as (
    select * from {{ ref('versions_in_force') }}
),

looked_at as (
    select distinct
        scored_leads.as_of,
        scored_leads.lead_id
    from {{ ref('scored_leads') }} as scored_leads
    inner join versions_in_force
        on
            scored_leads.as_of = versions_in_force.as_of
            and scored_leads.scoring_model = versions_in_force.scoring_model
),

asked_features as (
    select distinct kept_weights.feature
    from {{ ref('kept_weights') }} as kept_weights
    inner join versions_in_force
        on
            kept_weights.version = versions_in_force.version
            and kept_weights.scoring_model = versions_in_force.scoring_model
            and kept_weights.method = versions_in_force.method
),

{{ lead_features('asked_features') }}
