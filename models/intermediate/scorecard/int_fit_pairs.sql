-- Pairs of bins of two features that predict more together than separately: features are paired if
-- their joint bins have the largest residuals after the fit of single bins, by the score test. A
-- pair becomes a bin of its own.
{% set needs = scorecard_needs() %}
with bins as (
    select * from {{ ref('int_fit_bins') }}
),

binned as (
    select fit_rows.*
    from {{ ref('int_fit_rows') }} as fit_rows
    where fit_rows.is_training
),

first_steps as (
    select
        fit_init.*,
        sum(fit_init.share * fit_init.weight) over (
            partition by fit_init.fit_id
        ) as centre
    from {{ ref('int_fit_init') }} as fit_init
),

-- Only the features with the most weight are paired.
feature_weights as (
    select
        bins.fit_id,
        bins.feature,
        sum(bins.support * first_steps.weight * first_steps.weight) as feature_weight
    from bins
    inner join first_steps
        on
            bins.fit_id = first_steps.fit_id
            and bins.bin_id = first_steps.bin_id
    where bins.bin_id > 0
    group by bins.fit_id, bins.feature
),

ranked_features as (
    select
        feature_weights.fit_id,
        feature_weights.feature,
        row_number() over (
            partition by feature_weights.fit_id
            order by
                feature_weights.feature_weight desc,
                {{ byte_order('feature_weights.feature') }}
        ) as feature_rank
    from feature_weights
),

margins as (
    select
        binned.fit_id,
        binned.observation_id,
        binned.is_converted,
        sum(first_steps.weight) - max(first_steps.centre) as margin
    from binned
    inner join first_steps
        on
            binned.fit_id = first_steps.fit_id
            and binned.bin_id = first_steps.bin_id
    group by binned.fit_id, binned.observation_id, binned.is_converted
),

probabilities as (
    select
        margins.*,
        {{ logistic('margins.margin') }} as probability
    from margins
),

paired_rows as (
    select
        binned.fit_id,
        binned.observation_id,
        binned.bin_id,
        ranked_features.feature_rank,
        probabilities.is_converted,
        probabilities.is_converted - probabilities.probability as residual,
        probabilities.probability * (1 - probabilities.probability) as curvature
    from binned
    inner join bins
        on
            binned.fit_id = bins.fit_id
            and binned.bin_id = bins.bin_id
    inner join ranked_features
        on
            bins.fit_id = ranked_features.fit_id
            and bins.feature = ranked_features.feature
    inner join probabilities
        on
            binned.fit_id = probabilities.fit_id
            and binned.observation_id = probabilities.observation_id
    where
        bins.bin_id > 0
        and ranked_features.feature_rank <= {{ needs.paired_features }}
),

pairs as (
    select
        first_rows.fit_id,
        first_rows.bin_id as first_bin_id,
        second_rows.bin_id as second_bin_id,
        first_rows.feature_rank as first_rank,
        second_rows.feature_rank as second_rank,
        count(*) as support,
        sum(first_rows.is_converted) as conversions,
        sum(first_rows.residual) as residual,
        sum(first_rows.curvature) + {{ scorecard_penalty() }} as curvature
    from paired_rows as first_rows
    inner join paired_rows as second_rows
        on
            first_rows.fit_id = second_rows.fit_id
            and first_rows.observation_id = second_rows.observation_id
            and first_rows.feature_rank < second_rows.feature_rank
    group by
        first_rows.fit_id,
        first_rows.bin_id,
        second_rows.bin_id,
        first_rows.feature_rank,
        second_rows.feature_rank
    having count(*) >= {{ needs.bin_observations }}
),

-- By how many standard deviations the residuals of two features' pairs exceed what chance explains.
scores as (
    select
        pairs.fit_id,
        pairs.first_rank,
        pairs.second_rank,
        (
            sum(pairs.residual * pairs.residual / pairs.curvature)
            - sum(1 - {{ scorecard_penalty() }} / pairs.curvature)
        ) / sqrt(
            2 * greatest(
                sum(1 - {{ scorecard_penalty() }} / pairs.curvature),
                cast(1 as {{ type_double() }})
            )
        ) as score
    from pairs
    group by pairs.fit_id, pairs.first_rank, pairs.second_rank
),

ranked_scores as (
    select
        scores.*,
        row_number() over (
            partition by scores.fit_id
            order by scores.score desc, scores.first_rank asc, scores.second_rank asc
        ) as score_rank
    from scores
    where scores.score > {{ needs.pair_score }}
),

last_bins as (
    select
        bins.fit_id,
        max(bins.bin_id) as bin_id,
        max(bins.observations) as observations
    from bins
    group by bins.fit_id
)

select
    pairs.fit_id,
    pairs.first_bin_id,
    pairs.second_bin_id,
    pairs.support,
    pairs.conversions,
    last_bins.observations,
    last_bins.bin_id + row_number() over (
        partition by pairs.fit_id
        order by ranked_scores.score_rank, pairs.first_bin_id, pairs.second_bin_id
    ) as bin_id,
    max(ranked_scores.score_rank) over (partition by pairs.fit_id) as paired_features
from pairs
inner join ranked_scores
    on
        pairs.fit_id = ranked_scores.fit_id
        and pairs.first_rank = ranked_scores.first_rank
        and pairs.second_rank = ranked_scores.second_rank
inner join last_bins on pairs.fit_id = last_bins.fit_id
where ranked_scores.score_rank <= {{ needs.most_pairs }}
