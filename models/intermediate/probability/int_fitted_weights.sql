{{ config(post_hook=store_fit()) }}

-- depends_on: {{ ref('int_holdout_activities') }}
-- depends_on: {{ ref('int_holdout_attributes') }}
-- depends_on: {{ ref('int_holdout_criteria') }}
-- depends_on: {{ ref('int_holdout_probabilities') }}
-- depends_on: {{ ref('int_holdout_weeks') }}
-- depends_on: {{ ref('int_evaluation_plan') }}
-- depends_on: {{ ref('int_evaluations') }}
-- depends_on: {{ ref('int_scorecard_versions') }}
-- depends_on: {{ ref('int_scorecard_weights') }}
-- Calibrated weights of this run's fit. This is the last model of training: once everything else is
-- stored, its hooks store the weights and record their version and the evaluation.
with candidates as (
    select fit_candidates.*
    from {{ ref('int_fit_candidates') }} as fit_candidates
    where fit_candidates.status <> 'refused'
),

bins as (
    select fit_bins.*
    from {{ ref('int_fit_bins') }} as fit_bins
    where fit_bins.part = 'all'
),

pairs as (
    select fit_pairs.*
    from {{ ref('int_fit_pairs') }} as fit_pairs
    inner join bins
        on
            fit_pairs.fit_id = bins.fit_id
            and bins.bin_id = 0
),

-- Describes a pair by its two bins.
described_bins as (
    select
        bins.fit_id,
        bins.bin_id,
        bins.scoring_model,
        bins.feature,
        bins.bin,
        bins.value,
        bins.lower_bound,
        bins.upper_bound,
        cast(null as {{ dbt.type_string() }}) as first_feature,
        cast(null as {{ dbt.type_string() }}) as first_bin,
        cast(null as {{ dbt.type_string() }}) as second_feature,
        cast(null as {{ dbt.type_string() }}) as second_bin,
        bins.support,
        bins.conversions
    from bins

    union all

    select
        pairs.fit_id,
        pairs.bin_id,
        first_bins.scoring_model,
        concat(first_bins.feature, ' and ', second_bins.feature) as feature,
        concat(first_bins.bin, ' and ', second_bins.bin) as bin,
        cast(null as {{ dbt.type_string() }}) as value,
        cast(null as decimal(38, 9)) as lower_bound,
        cast(null as decimal(38, 9)) as upper_bound,
        first_bins.feature as first_feature,
        first_bins.bin as first_bin,
        second_bins.feature as second_feature,
        second_bins.bin as second_bin,
        pairs.support,
        pairs.conversions
    from pairs
    inner join bins as first_bins
        on
            pairs.fit_id = first_bins.fit_id
            and pairs.first_bin_id = first_bins.bin_id
    inner join bins as second_bins
        on
            pairs.fit_id = second_bins.fit_id
            and pairs.second_bin_id = second_bins.bin_id
),

weights as (
    select * from {{ ref('int_bin_weights') }}
)

select
    cast(candidates.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(candidates.method as {{ dbt.type_string() }}) as method,
    cast(described_bins.feature as {{ dbt.type_string() }}) as feature,
    cast(described_bins.bin as {{ dbt.type_string() }}) as bin,
    cast(described_bins.value as {{ dbt.type_string() }}) as value,
    cast(described_bins.lower_bound as decimal(38, 9)) as lower_bound,
    cast(described_bins.upper_bound as decimal(38, 9)) as upper_bound,
    cast(described_bins.first_feature as {{ dbt.type_string() }}) as first_feature,
    cast(described_bins.first_bin as {{ dbt.type_string() }}) as first_bin,
    cast(described_bins.second_feature as {{ dbt.type_string() }}) as second_feature,
    cast(described_bins.second_bin as {{ dbt.type_string() }}) as second_bin,
    {{ nine_decimals(
        'candidates.slope * weights.weight'
        ~ ' + case when described_bins.bin_id = 0 then candidates.intercept else 0 end'
    ) }} as weight,
    cast(described_bins.support as bigint) as support,
    cast(described_bins.conversions as bigint) as conversions,
    candidates.evaluated_on as fitted_on
from candidates
inner join described_bins on candidates.scoring_model = described_bins.scoring_model
inner join weights
    on
        described_bins.fit_id = weights.fit_id
        and described_bins.bin_id = weights.bin_id
        and candidates.method = weights.method
