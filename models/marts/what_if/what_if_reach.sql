-- The most that a lead can score under each scoring model: the best value of each attribute and
-- every activity as often as it counts, within the limits, and with no gate closed that can be left
-- open.
with options as (
    select * from {{ ref('int_criterion_options') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

combinations as (
    select
        what_if_combinations.scoring_model,
        min(what_if_combinations.criteria) as fewest_criteria
    from {{ ref('what_if_combinations') }} as what_if_combinations
    group by what_if_combinations.scoring_model
),

-- Unlimited points are null, which greatest and sum would skip.
option_points as (
    select
        options.scoring_model,
        options.dimension,
        options.option_group,
        options.option_name,
        lower(options.category) as category_word,
        coalesce(sum(options.most_points), 0) as points,
        count(*) - count(options.most_points) as endless_criteria,
        max(case when options.is_closing_gate then 1 else 0 end) as closed_gates
    from options
    group by
        options.scoring_model,
        options.dimension,
        lower(options.category),
        options.option_group,
        options.option_name
),

group_points as (
    select
        option_points.scoring_model,
        option_points.dimension,
        option_points.category_word,
        option_points.option_group,
        greatest(max(option_points.points), 0) as points,
        max(option_points.endless_criteria) as endless_criteria
    from option_points
    where option_points.closed_gates = 0
    group by
        option_points.scoring_model,
        option_points.dimension,
        option_points.category_word,
        option_points.option_group
),

category_points as (
    select
        group_points.scoring_model,
        group_points.dimension,
        group_points.category_word,
        sum(group_points.points) as points,
        max(group_points.endless_criteria) as endless_criteria
    from group_points
    group by group_points.scoring_model, group_points.dimension, group_points.category_word
),

limited as (
    select
        category_points.scoring_model,
        category_points.dimension,
        case
            when category_points.endless_criteria > 0 then category_limits.max_points
            else least(
                category_points.points, coalesce(category_limits.max_points, category_points.points)
            )
        end as points
    from category_points
    left join category_limits
        on
            category_points.scoring_model = category_limits.scoring_model
            and category_points.dimension = category_limits.dimension
            and category_points.category_word = lower(category_limits.category)
),

dimension_points as (
    select
        scoring_models.scoring_model,
        scoring_models.fit_target,
        scoring_models.engagement_target,
        scoring_models.fit_weight,
        scoring_models.engagement_weight,
        scoring_models.mql_score,
        scoring_models.sql_score,
        case
            when
                count(case when limited.dimension = 'fit' then 1 end)
                = count(case when limited.dimension = 'fit' then limited.points end)
                then
                    coalesce(
                        sum(case when limited.dimension = 'fit' then limited.points end), 0
                    )
        end as fit_points,
        case
            when
                count(case when limited.dimension = 'engagement' then 1 end)
                = count(case when limited.dimension = 'engagement' then limited.points end)
                then
                    coalesce(
                        sum(case when limited.dimension = 'engagement' then limited.points end), 0
                    )
        end as engagement_points
    from scoring_models
    left join limited on scoring_models.scoring_model = limited.scoring_model
    group by
        scoring_models.scoring_model,
        scoring_models.fit_target,
        scoring_models.engagement_target,
        scoring_models.fit_weight,
        scoring_models.engagement_weight,
        scoring_models.mql_score,
        scoring_models.sql_score
),

-- Unlimited points reach any target.
scores as (
    select
        dimension_points.*,
        100 * {{ share_of_target(
            'coalesce(dimension_points.fit_points, dimension_points.fit_target)',
            'dimension_points.fit_target'
        ) }} as fit_score,
        100 * {{ share_of_target(
            'coalesce(dimension_points.engagement_points, dimension_points.engagement_target)',
            'dimension_points.engagement_target'
        ) }} as engagement_score
    from dimension_points
),

weighed as (
    select
        scores.*,
        {{ rounded_score(
            'scores.fit_weight * scores.fit_score + scores.engagement_weight * scores.engagement_score'
        ) }} as score
    from scores
)

select
    cast(weighed.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(weighed.fit_points as decimal(38, 9)) as highest_fit_points,
    cast(weighed.fit_target as decimal(28, 9)) as fit_target,
    cast(weighed.engagement_points as decimal(38, 9)) as highest_engagement_points,
    cast(weighed.engagement_target as decimal(28, 9)) as engagement_target,
    {{ rounded_score('weighed.fit_score') }} as highest_fit_score,
    {{ rounded_score('weighed.engagement_score') }} as highest_engagement_score,
    weighed.score as highest_score,
    cast(weighed.mql_score as decimal(28, 9)) as mql_score,
    weighed.score >= weighed.mql_score as is_mql_reachable,
    cast(weighed.sql_score as decimal(28, 9)) as sql_score,
    weighed.score >= weighed.sql_score as is_sql_reachable,
    cast(combinations.fewest_criteria as bigint) as fewest_criteria_to_mql
from weighed
left join combinations on weighed.scoring_model = combinations.scoring_model
