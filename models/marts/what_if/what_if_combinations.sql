-- The shortest combinations of criteria, at most four, that make a lead an MQL: of the criteria
-- that add most to the score, each at the most that it gives.
with options as (
    select * from {{ ref('int_criterion_options') }}
),

best as (
    select * from {{ ref('int_best_criteria') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

needed_counts as (
    select distinct
        best.scoring_model,
        best.needed_criteria
    from best
),

-- Criteria of one group can be met together if one of its options has both.
together as (
    select distinct
        options.scoring_model,
        options.criterion,
        other_best.criterion as other_criterion
    from options
    inner join options as other_best
        on
            options.scoring_model = other_best.scoring_model
            and options.dimension = other_best.dimension
            and options.option_group = other_best.option_group
            and options.option_name = other_best.option_name
),

pairs as (
    select
        best.scoring_model,
        best.criterion_rank as rank_1,
        other_best.criterion_rank as rank_2
    from best
    inner join best as other_best
        on
            best.scoring_model = other_best.scoring_model
            and best.criterion_rank < other_best.criterion_rank
    left join together
        on
            best.scoring_model = together.scoring_model
            and best.criterion = together.criterion
            and other_best.criterion = together.other_criterion
    where
        together.criterion is not null
        or best.dimension <> other_best.dimension
        or best.option_group <> other_best.option_group
),

triples as (
    select
        pairs.scoring_model,
        pairs.rank_1,
        pairs.rank_2,
        seconds.rank_2 as rank_3
    from pairs
    inner join pairs as seconds
        on
            pairs.scoring_model = seconds.scoring_model
            and pairs.rank_2 = seconds.rank_1
    inner join pairs as firsts
        on
            pairs.scoring_model = firsts.scoring_model
            and pairs.rank_1 = firsts.rank_1
            and seconds.rank_2 = firsts.rank_2
),

combinations as (
    select
        best.scoring_model,
        1 as criteria,
        best.criterion_rank as rank_1,
        0 as rank_2,
        0 as rank_3,
        0 as rank_4
    from best

    union all

    select
        pairs.scoring_model,
        2 as criteria,
        pairs.rank_1,
        pairs.rank_2,
        0 as rank_3,
        0 as rank_4
    from pairs

    union all

    select
        triples.scoring_model,
        3 as criteria,
        triples.rank_1,
        triples.rank_2,
        triples.rank_3,
        0 as rank_4
    from triples

    union all

    select
        triples.scoring_model,
        4 as criteria,
        triples.rank_1,
        triples.rank_2,
        triples.rank_3,
        other_best.rank_3 as rank_4
    from triples
    inner join triples as other_best
        on
            triples.scoring_model = other_best.scoring_model
            and triples.rank_2 = other_best.rank_1
            and triples.rank_3 = other_best.rank_2
    inner join pairs
        on
            triples.scoring_model = pairs.scoring_model
            and triples.rank_1 = pairs.rank_1
            and other_best.rank_3 = pairs.rank_2
),

category_sums as (
    select
        combinations.scoring_model,
        combinations.criteria,
        combinations.rank_1,
        combinations.rank_2,
        combinations.rank_3,
        combinations.rank_4,
        best.dimension,
        least(sum(best.points), coalesce(max(best.max_points), sum(best.points))) as points,
        sum(case when best.is_needed then 1 else 0 end) as needed
    from combinations
    inner join best
        on
            combinations.scoring_model = best.scoring_model
            and best.criterion_rank in (
                combinations.rank_1, combinations.rank_2, combinations.rank_3, combinations.rank_4
            )
    group by
        combinations.scoring_model,
        combinations.criteria,
        combinations.rank_1,
        combinations.rank_2,
        combinations.rank_3,
        combinations.rank_4,
        best.dimension,
        best.category_word
),

sums as (
    select
        category_sums.scoring_model,
        category_sums.criteria,
        category_sums.rank_1,
        category_sums.rank_2,
        category_sums.rank_3,
        category_sums.rank_4,
        coalesce(sum(case when category_sums.dimension = 'fit' then category_sums.points end), 0)
            as fit_points,
        coalesce(
            sum(case when category_sums.dimension = 'engagement' then category_sums.points end), 0
        ) as engagement_points,
        sum(category_sums.needed) as needed
    from category_sums
    group by
        category_sums.scoring_model,
        category_sums.criteria,
        category_sums.rank_1,
        category_sums.rank_2,
        category_sums.rank_3,
        category_sums.rank_4
),

scored as (
    select
        sums.*,
        scoring_models.mql_score,
        needed_counts.needed_criteria as all_needed,
        {{ rounded_score(
            'scoring_models.fit_weight * 100 * '
            ~ share_of_target('sums.fit_points', 'scoring_models.fit_target')
            ~ ' + scoring_models.engagement_weight * 100 * '
            ~ share_of_target('sums.engagement_points', 'scoring_models.engagement_target')
        ) }} as score
    from sums
    inner join scoring_models on sums.scoring_model = scoring_models.scoring_model
    inner join needed_counts on sums.scoring_model = needed_counts.scoring_model
),

reaching as (
    select
        scored.*,
        min(scored.criteria) over (partition by scored.scoring_model) as fewest_criteria,
        row_number() over (
            partition by scored.scoring_model, scored.criteria
            order by
                scored.score desc,
                scored.rank_1 asc,
                scored.rank_2 asc,
                scored.rank_3 asc,
                scored.rank_4 asc
        ) as combination
    from scored
    where scored.score >= scored.mql_score and scored.needed = scored.all_needed
)

select
    cast(reaching.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(reaching.combination as bigint) as combination,
    cast(reaching.criteria as bigint) as criteria,
    cast(best_1.criterion as {{ dbt.type_string() }}) as criterion_1,
    cast(best_2.criterion as {{ dbt.type_string() }}) as criterion_2,
    cast(best_3.criterion as {{ dbt.type_string() }}) as criterion_3,
    cast(best_4.criterion as {{ dbt.type_string() }}) as criterion_4,
    cast(reaching.fit_points as decimal(38, 9)) as fit_points,
    cast(reaching.engagement_points as decimal(38, 9)) as engagement_points,
    reaching.score,
    cast(reaching.mql_score as decimal(28, 9)) as mql_score
from reaching
left join best as best_1
    on
        reaching.scoring_model = best_1.scoring_model
        and reaching.rank_1 = best_1.criterion_rank
left join best as best_2
    on
        reaching.scoring_model = best_2.scoring_model
        and reaching.rank_2 = best_2.criterion_rank
left join best as best_3
    on
        reaching.scoring_model = best_3.scoring_model
        and reaching.rank_3 = best_3.criterion_rank
left join best as best_4
    on
        reaching.scoring_model = best_4.scoring_model
        and reaching.rank_4 = best_4.criterion_rank
where reaching.criteria = reaching.fewest_criteria and reaching.combination <= 20
