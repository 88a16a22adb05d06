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
        kept_weights.*,
        versions_in_force.as_of
    from {{ ref('kept_weights') }} as kept_weights
    inner join {{ ref('versions_in_force') }} as versions_in_force
        on
            kept_weights.version = versions_in_force.version
            and kept_weights.scoring_model = versions_in_force.scoring_model
            and kept_weights.method = versions_in_force.method
),

single_bins as (
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
    where
        weights.first_feature is null
        and weights.feature <> '(intercept)'
),

paired_bins as (
    select
        first_bins.as_of,
        first_bins.lead_id,
        first_bins.scoring_model,
        weights.feature,
        weights.bin,
        weights.weight,
        weights.version,
        weights.method
    from weights
    inner join single_bins as first_bins
        on
            weights.as_of = first_bins.as_of
            and weights.scoring_model = first_bins.scoring_model
            and weights.first_feature = first_bins.feature
            and weights.first_bin = first_bins.bin
    inner join single_bins as second_bins
        on
            first_bins.as_of = second_bins.as_of
            and first_bins.lead_id = second_bins.lead_id
            and first_bins.scoring_model = second_bins.scoring_model
            and weights.second_feature = second_bins.feature
            and weights.second_bin = second_bins.bin
)

select * from single_bins

union all

select * from paired_bins

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
