-- Pairs of features that predict more together than separately: those whose joint groups of bins
-- have larger residuals after the fit of single bins than the largest of as many pairs have by
-- chance, by the score test. Only earlier observations choose, so that the later ones measure
-- honestly. Each pair of groups becomes a bin.
{% set needs = scorecard_needs() %}
with bins as (
    select * from {{ ref('int_fit_bins') }}
),

observations as (
    select fit_observations.*
    from {{ ref('int_fit_observations') }} as fit_observations
    where not fit_observations.is_later
),

fit_rows as (
    select * from {{ ref('int_fit_rows') }}
),

weights as (
    select
        first_fits.scoring_model,
        first_fits.bin_id,
        {{ centred('first_fits', 'bins') }} as weight
    from {{ ref('int_fit_init') }} as first_fits
    inner join {{ ref('int_fit_penalties') }} as penalties
        on
            first_fits.scoring_model = penalties.scoring_model
            and first_fits.penalty = penalties.penalty
    inner join bins
        on
            first_fits.scoring_model = bins.scoring_model
            and first_fits.bin_id = bins.bin_id
    where
        penalties.is_chosen
        and first_fits.left_out = 'later'
),

margins as (
    select
        fit_rows.scoring_model,
        fit_rows.observation_id,
        sum(fit_rows.amount * weights.weight) as margin
    from fit_rows
    inner join weights
        on
            fit_rows.scoring_model = weights.scoring_model
            and fit_rows.bin_id = weights.bin_id
    group by fit_rows.scoring_model, fit_rows.observation_id
),

residuals as (
    select
        observations.scoring_model,
        observations.observation_id,
        observations.is_converted,
        observations.observation_weight,
        observations.observation_weight
        * (observations.is_converted - {{ logistic('margins.margin') }}) as residual,
        observations.observation_weight
        * {{ logistic('margins.margin') }} * (1 - {{ logistic('margins.margin') }}) as curvature
    from observations
    inner join margins
        on
            observations.scoring_model = margins.scoring_model
            and observations.observation_id = margins.observation_id
),

-- Only the features with the most weight are paired. The weight of a range is that of its middle.
feature_weights as (
    select
        bins.scoring_model,
        bins.feature,
        sum(bins.support * power(
            weights.weight + coalesce(
                line_weights.weight * (
                    cast(
                        (
                            coalesce(bins.lower_bound, bins.line_start)
                            + coalesce(bins.upper_bound, bins.line_end)
                        ) / 2 - bins.line_start as {{ type_double() }}
                    ) - bins.mean_distance
                ) / bins.spread,
                0
            ),
            2
        )) as feature_weight
    from bins
    inner join weights
        on
            bins.scoring_model = weights.scoring_model
            and bins.bin_id = weights.bin_id
    left join bins as feature_lines
        on
            bins.scoring_model = feature_lines.scoring_model
            and bins.feature = feature_lines.feature
            and feature_lines.kind = 'line'
    left join weights as line_weights
        on
            feature_lines.scoring_model = line_weights.scoring_model
            and feature_lines.bin_id = line_weights.bin_id
    where bins.group_number is not null
    group by bins.scoring_model, bins.feature
),

ranked_features as (
    select
        feature_weights.scoring_model,
        feature_weights.feature,
        row_number() over (
            partition by feature_weights.scoring_model
            order by
                feature_weights.feature_weight desc,
                {{ byte_order('feature_weights.feature') }}
        ) as feature_rank
    from feature_weights
),

-- Each pair of features takes a row of each observation.
paired_features as (
    select
        observations.scoring_model,
        least(
            {{ needs.most_paired_features }},
            greatest(
                {{ needs.least_paired_features }},
                sqrt(2 * {{ needs.paired_rows }} / cast(count(*) as {{ type_double() }}))
            )
        ) as most_features
    from observations
    group by observations.scoring_model
),

grouped_rows as (
    select
        fit_rows.scoring_model,
        fit_rows.observation_id,
        bins.feature,
        bins.group_number,
        ranked_features.feature_rank
    from fit_rows
    inner join bins
        on
            fit_rows.scoring_model = bins.scoring_model
            and fit_rows.bin_id = bins.bin_id
    inner join ranked_features
        on
            bins.scoring_model = ranked_features.scoring_model
            and bins.feature = ranked_features.feature
    inner join paired_features on bins.scoring_model = paired_features.scoring_model
    where
        bins.group_number is not null
        and ranked_features.feature_rank <= paired_features.most_features
),

pairs as (
    select
        first_rows.scoring_model,
        first_rows.feature as first_feature,
        first_rows.group_number as first_group,
        second_rows.feature as second_feature,
        second_rows.group_number as second_group,
        first_rows.feature_rank as first_rank,
        second_rows.feature_rank as second_rank,
        count(*) as support,
        sum(residuals.is_converted) as conversions,
        sum(residuals.observation_weight) as weight_sum,
        sum(residuals.residual) as residual,
        sum(residuals.curvature) + {{ needs.pair_penalty }} as curvature
    from grouped_rows as first_rows
    inner join grouped_rows as second_rows
        on
            first_rows.scoring_model = second_rows.scoring_model
            and first_rows.observation_id = second_rows.observation_id
            and first_rows.feature_rank < second_rows.feature_rank
    inner join residuals
        on
            first_rows.scoring_model = residuals.scoring_model
            and first_rows.observation_id = residuals.observation_id
    group by
        first_rows.scoring_model,
        first_rows.feature,
        first_rows.group_number,
        second_rows.feature,
        second_rows.group_number,
        first_rows.feature_rank,
        second_rows.feature_rank
    having count(*) >= {{ needs.bin_observations }}
),

-- The residuals of two features' pairs, and what chance explains of them.
tested as (
    select
        pairs.scoring_model,
        pairs.first_rank,
        pairs.second_rank,
        sum(pairs.residual * pairs.residual / pairs.curvature) as chi_square,
        greatest(
            sum(1 - {{ needs.pair_penalty }} / pairs.curvature),
            cast(1 as {{ type_double() }})
        ) as degrees,
        count(*) over (partition by pairs.scoring_model) as tests
    from pairs
    group by pairs.scoring_model, pairs.first_rank, pairs.second_rank
),

-- A chi-square as a normal deviate (Wilson and Hilferty 1931), and how large it may be by chance:
-- with nothing to find, one fit in twenty takes any pair (Bonferroni: Dunn 1961).
scores as (
    select
        tested.scoring_model,
        tested.first_rank,
        tested.second_rank,
        (
            power(
                tested.chi_square / tested.degrees, 1 / cast(3 as {{ type_double() }})
            ) - (1 - 2 / (9 * tested.degrees))
        ) / sqrt(2 / (9 * tested.degrees)) as score,
        {{ normal_quantile(
            '0.05 / cast(tested.tests as ' ~ type_double() ~ ')'
        ) }} as largest_by_chance
    from tested
),

ranked_scores as (
    select
        scores.*,
        row_number() over (
            partition by scores.scoring_model
            order by scores.score desc, scores.first_rank asc, scores.second_rank asc
        ) as score_rank
    from scores
    where scores.score > scores.largest_by_chance
),

-- The sums behind the intercept and the last bin of single features.
totals as (
    select
        bins.scoring_model,
        max(bins.bin_id) as last_bin_id
    from bins
    group by bins.scoring_model
),

weight_sums as (
    select
        residuals.scoring_model,
        sum(residuals.observation_weight) as weight_sum,
        sum(residuals.observation_weight * residuals.is_converted)
        / sum(residuals.observation_weight) as conversion_rate
    from residuals
    group by residuals.scoring_model
)

select
    pairs.scoring_model,
    pairs.first_feature,
    pairs.first_group,
    pairs.second_feature,
    pairs.second_group,
    pairs.support,
    pairs.conversions,
    totals.last_bin_id + row_number() over (
        partition by pairs.scoring_model
        order by ranked_scores.score_rank, pairs.first_group, pairs.second_group
    ) as bin_id,
    pairs.weight_sum / weight_sums.weight_sum as mean_amount,
    weight_sums.conversion_rate * (1 - weight_sums.conversion_rate) * (
        pairs.weight_sum - pairs.weight_sum * pairs.weight_sum / weight_sums.weight_sum
    ) as curvature
from pairs
inner join ranked_scores
    on
        pairs.scoring_model = ranked_scores.scoring_model
        and pairs.first_rank = ranked_scores.first_rank
        and pairs.second_rank = ranked_scores.second_rank
inner join totals on pairs.scoring_model = totals.scoring_model
inner join weight_sums on pairs.scoring_model = weight_sums.scoring_model
where ranked_scores.score_rank <= {{ needs.most_pairs }}
