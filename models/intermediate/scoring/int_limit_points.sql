-- Points that the limit of a category adds to or removes from a lead on each as-of day.
with scenario_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where step = 'day'
),

fit_points as (
    select * from {{ ref('int_fit_points') }}
),

engagement_points as (
    select * from {{ ref('int_engagement_points') }}
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

-- The criteria of each category with a limit; a category without criteria has nothing to limit.
limited_criteria as (
    select
        criteria.criterion_number,
        limits.criterion_number as limit_number
    from scoring_criteria as limits
    inner join scoring_criteria as criteria
        on
            limits.model_number = criteria.model_number
            and limits.dimension = criteria.dimension
            and limits.category_word = criteria.category_word
    where limits.is_limit and not criteria.is_limit
),

limits as (
    select
        scoring_criteria.criterion_number as limit_number,
        scoring_criteria.model_number,
        scoring_criteria.dimension,
        scoring_criteria.min_points,
        scoring_criteria.max_points
    from scoring_criteria
    where
        scoring_criteria.is_limit
        and scoring_criteria.criterion_number in (
            select limited_criteria.limit_number from limited_criteria
        )
),

points as (
    select
        fit_points.score_key,
        fit_points.criterion_number,
        fit_points.points
    from fit_points

    union all

    select
        engagement_points.score_key,
        engagement_points.criterion_number,
        engagement_points.points
    from engagement_points
),

category_points as (
    select
        points.score_key,
        limited_criteria.limit_number,
        sum(points.points) as points
    from points
    inner join limited_criteria on points.criterion_number = limited_criteria.criterion_number
    group by points.score_key, limited_criteria.limit_number
),

-- A limit that 0 points violate also applies to leads that meet none of the criteria.
empty_categories as (
    select
        scenario_leads.score_key,
        limits.limit_number,
        cast(0 as decimal(38, 9)) as points
    from scenario_leads
    inner join limits on scenario_leads.model_number = limits.model_number
    left join category_points
        on
            scenario_leads.score_key = category_points.score_key
            and limits.limit_number = category_points.limit_number
    where
        (limits.min_points > 0 or limits.max_points < 0)
        and category_points.score_key is null
        and not case limits.dimension
            when 'fit' then scenario_leads.is_fit_unchanged
            else scenario_leads.is_engagement_unchanged
        end
),

all_categories as (
    select * from category_points
    union all
    select * from empty_categories
),

changes as (
    select
        all_categories.score_key,
        all_categories.limit_number,
        {{ limit_change('all_categories.points', 'limits') }} as points,
        cast(all_categories.points as decimal(28, 9)) as category_points
    from all_categories
    inner join limits on all_categories.limit_number = limits.limit_number
)

select
    changes.score_key,
    changes.limit_number as criterion_number,
    changes.points,
    cast(changes.category_points + changes.points as decimal(28, 9)) as held_points
from changes
where
    changes.points <> 0
    and changes.score_key in (select scenario_leads.score_key from scenario_leads)
