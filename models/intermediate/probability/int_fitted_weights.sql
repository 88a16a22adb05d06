{{ config(post_hook=store_fit()) }}

-- depends_on: {{ ref('int_holdout_activities') }}
-- depends_on: {{ ref('int_holdout_attributes') }}
-- depends_on: {{ ref('int_holdout_criteria') }}
-- depends_on: {{ ref('int_holdout_probabilities') }}
-- depends_on: {{ ref('int_holdout_weeks') }}
-- depends_on: {{ ref('int_evaluation_plan') }}
-- depends_on: {{ ref('int_evaluations') }}
-- depends_on: {{ ref('int_fit_segments') }}
-- depends_on: {{ ref('int_scorecard_segments') }}
-- depends_on: {{ ref('int_scorecard_versions') }}
-- depends_on: {{ ref('int_scorecard_weights') }}
-- Calibrated weights of this run's fit. A range has a weight at each of its ends, which the line of
-- its feature connects. This is the last model of training: once everything else is stored, its
-- hooks store the weights and record their version and the evaluation.
with candidates as (
    select fit_candidates.*
    from {{ ref('int_fit_candidates') }} as fit_candidates
    where fit_candidates.status = 'used'
),

bins as (
    select * from {{ ref('int_fit_bins') }}
),

pairs as (
    select * from {{ ref('int_fit_pairs') }}
),

weights as (
    select bin_weights.*
    from {{ ref('int_bin_weights') }} as bin_weights
    where bin_weights.left_out = 'nothing'
),

line_weights as (
    select
        bins.scoring_model,
        bins.feature,
        weights.weight / bins.spread as weight_per_unit
    from bins
    inner join weights
        on
            bins.scoring_model = weights.scoring_model
            and bins.bin_id = weights.bin_id
    where bins.kind = 'line'
),

single_bins as (
    select
        bins.*,
        weights.weight as bin_weight,
        line_weights.weight_per_unit,
        case
            when line_weights.weight_per_unit is not null
                then coalesce(bins.lower_bound, bins.line_start)
        end as lower_end,
        case
            when line_weights.weight_per_unit is not null
                then coalesce(bins.upper_bound, bins.line_end)
        end as upper_end
    from bins
    inner join weights
        on
            bins.scoring_model = weights.scoring_model
            and bins.bin_id = weights.bin_id
    left join line_weights
        on
            bins.scoring_model = line_weights.scoring_model
            and bins.feature = line_weights.feature
            and bins.kind = 'range'
    where bins.kind <> 'line'
),

described_bins as (
    select
        single_bins.scoring_model,
        single_bins.feature,
        single_bins.bin,
        single_bins.value,
        single_bins.lower_bound,
        single_bins.upper_bound,
        single_bins.lower_end,
        single_bins.upper_end,
        cast(null as {{ dbt.type_string() }}) as first_feature,
        cast(null as {{ dbt.type_string() }}) as first_bin,
        cast(null as {{ dbt.type_string() }}) as second_feature,
        cast(null as {{ dbt.type_string() }}) as second_bin,
        single_bins.support,
        single_bins.conversions,
        single_bins.bin_weight + coalesce(
            single_bins.weight_per_unit * (
                cast(single_bins.lower_end - single_bins.line_start as {{ type_double() }})
                - single_bins.mean_distance
            ),
            0
        ) as lower_weight,
        single_bins.bin_weight + single_bins.weight_per_unit * (
            cast(single_bins.upper_end - single_bins.line_start as {{ type_double() }})
            - single_bins.mean_distance
        ) as upper_weight,
        single_bins.kind = 'intercept' as is_intercept
    from single_bins

    union all

    select
        pairs.scoring_model,
        concat(pairs.first_feature, ' and ', pairs.second_feature) as feature,
        concat(first_bins.bin, ' and ', second_bins.bin) as bin,
        cast(null as {{ dbt.type_string() }}) as value,
        cast(null as decimal(38, 9)) as lower_bound,
        cast(null as decimal(38, 9)) as upper_bound,
        cast(null as decimal(38, 9)) as lower_end,
        cast(null as decimal(38, 9)) as upper_end,
        pairs.first_feature,
        first_bins.bin as first_bin,
        pairs.second_feature,
        second_bins.bin as second_bin,
        pairs.support,
        pairs.conversions,
        weights.weight as lower_weight,
        cast(null as {{ type_double() }}) as upper_weight,
        false as is_intercept
    from pairs
    inner join weights
        on
            pairs.scoring_model = weights.scoring_model
            and pairs.bin_id = weights.bin_id
    inner join bins as first_bins
        on
            pairs.scoring_model = first_bins.scoring_model
            and pairs.first_feature = first_bins.feature
            and pairs.first_group = first_bins.group_number
    inner join bins as second_bins
        on
            pairs.scoring_model = second_bins.scoring_model
            and pairs.second_feature = second_bins.feature
            and pairs.second_group = second_bins.group_number
)

select
    cast(candidates.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(candidates.method as {{ dbt.type_string() }}) as method,
    cast(described_bins.feature as {{ dbt.type_string() }}) as feature,
    cast(described_bins.bin as {{ dbt.type_string() }}) as bin,
    cast(described_bins.value as {{ dbt.type_string() }}) as value,
    cast(described_bins.lower_bound as decimal(38, 9)) as lower_bound,
    cast(described_bins.upper_bound as decimal(38, 9)) as upper_bound,
    cast(described_bins.lower_end as decimal(38, 9)) as lower_end,
    cast(described_bins.upper_end as decimal(38, 9)) as upper_end,
    cast(described_bins.first_feature as {{ dbt.type_string() }}) as first_feature,
    cast(described_bins.first_bin as {{ dbt.type_string() }}) as first_bin,
    cast(described_bins.second_feature as {{ dbt.type_string() }}) as second_feature,
    cast(described_bins.second_bin as {{ dbt.type_string() }}) as second_bin,
    {{ nine_decimals(
        'candidates.slope * described_bins.lower_weight'
        ~ ' + case when described_bins.is_intercept then candidates.intercept else 0 end'
    ) }} as weight,
    {{ nine_decimals('candidates.slope * described_bins.upper_weight') }} as upper_weight,
    cast(described_bins.support as bigint) as support,
    cast(described_bins.conversions as bigint) as conversions,
    candidates.evaluated_on as fitted_on
from candidates
inner join described_bins on candidates.scoring_model = described_bins.scoring_model
