-- What each bin of a lead adds to the log-odds of its conversion. A missing value adds nothing.
with scored_leads as (
    select * from {{ ref('int_scored_leads') }}
),

probability_features as (
    select * from {{ ref('int_probability_features') }}
),

weights as (
    select * from {{ ref('int_weights_in_force') }}
),

-- Matched by value, by range or, without a bin of its own, as rare.
binned_values as (
    select
        probability_features.as_of,
        probability_features.lead_id,
        weights.scoring_model,
        weights.feature,
        weights.bin,
        weights.weight,
        weights.version,
        weights.method
    from probability_features
    inner join weights
        on
            probability_features.as_of = weights.as_of
            and probability_features.feature = weights.feature
            and probability_features.value = weights.value

    union all

    select
        probability_features.as_of,
        probability_features.lead_id,
        weights.scoring_model,
        weights.feature,
        weights.bin,
        -- Between the ends of a range, the weight changes linearly.
        case
            when weights.upper_end > weights.lower_end
                then {{ weight_between('probability_features.number_value', 'weights') }}
            else weights.weight
        end as weight,
        weights.version,
        weights.method
    from probability_features
    inner join weights
        on
            probability_features.as_of = weights.as_of
            and probability_features.feature = weights.feature
            and {{ is_in_range('probability_features', 'weights') }}
    where
        weights.first_feature is null
        and weights.feature <> '(intercept)'
        and weights.bin <> '{{ rare_value() }}'

    union all

    select
        probability_features.as_of,
        probability_features.lead_id,
        weights.scoring_model,
        weights.feature,
        weights.bin,
        weights.weight,
        weights.version,
        weights.method
    from probability_features
    inner join weights
        on
            probability_features.as_of = weights.as_of
            and probability_features.feature = weights.feature
    left join weights as value_weights
        on
            weights.as_of = value_weights.as_of
            and weights.scoring_model = value_weights.scoring_model
            and weights.feature = value_weights.feature
            and probability_features.value = value_weights.value
    where
        weights.value is null
        and weights.bin = '{{ rare_value() }}'
        and probability_features.value is not null
        and value_weights.value is null
),

single_bins as (
    select binned_values.*
    from binned_values
    inner join scored_leads
        on
            binned_values.as_of = scored_leads.as_of
            and binned_values.lead_id = scored_leads.lead_id
            and binned_values.scoring_model = scored_leads.scoring_model
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
