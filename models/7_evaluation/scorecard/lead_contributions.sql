-- What each bin that a lead is in adds to the log-odds of its conversion; a missing value, and one
-- without a bin, adds nothing.
with scored_leads as (
    select * from {{ ref('scored_leads') }}
),

probability_features as (
    select * from {{ ref('probability_features') }}
),

weights as (
    select
        versions_in_force.as_of,
        kept_weights.*
    from {{ ref('kept_weights') }} as kept_weights
    inner join {{ ref('versions_in_force') }} as versions_in_force
        on
            kept_weights.version = versions_in_force.version
            and kept_weights.scoring_model = versions_in_force.scoring_model
            and kept_weights.method = versions_in_force.method
)

select
    scored_leads.as_of,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    weights.feature,
    weights.bin,
    weights.weight,
    weights.version,
    weights.method
from scored_leads
inner join probability_features
    on
        scored_leads.as_of = probability_features.as_of
        and scored_leads.lead_id = probability_features.lead_id
inner join weights
    on
        scored_leads.as_of = weights.as_of
        and scored_leads.scoring_model = weights.scoring_model
        and probability_features.feature = weights.feature
        and {{ is_in_bin('probability_features', 'weights') }}
where weights.feature <> '(intercept)'

union all

select
    scored_leads.as_of,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    weights.feature,
    weights.bin,
    weights.weight,
    weights.version,
    weights.method
from scored_leads
inner join weights
    on
        scored_leads.as_of = weights.as_of
        and scored_leads.scoring_model = weights.scoring_model
where weights.feature = '(intercept)'
