{#
    What category limits take or give, by as_of, lead_id, scoring_model and limit.
    criterion_points, scored_leads: relations like the models of those names.
#}
{% macro limit_points(criterion_points, scored_leads) -%}
with criterion_points as (
    select * from {{ criterion_points }}
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

scored_leads as (
    select * from {{ scored_leads }}
),

-- A category without criteria has nothing to limit.
used_categories as (
    select
        fit_criteria.scoring_model,
        'fit' as dimension,
        lower(fit_criteria.category) as category_word
    from fit_criteria

    union distinct

    select
        engagement_criteria.scoring_model,
        'engagement' as dimension,
        lower(engagement_criteria.category) as category_word
    from engagement_criteria
),

category_points as (
    select
        criterion_points.as_of,
        criterion_points.lead_id,
        criterion_points.scoring_model,
        criterion_points.dimension,
        lower(criterion_points.category) as category_word,
        sum(criterion_points.points) as points
    from criterion_points
    group by
        criterion_points.as_of,
        criterion_points.lead_id,
        criterion_points.scoring_model,
        criterion_points.dimension,
        lower(criterion_points.category)
),

-- Narrower numbers than points are elsewhere: Spark cuts the ninth decimal off a wider difference.
limited as (
    select
        scored_leads.as_of,
        scored_leads.lead_id,
        category_limits.scoring_model,
        category_limits.dimension,
        category_limits.category,
        cast(
            least(
                greatest(
                    coalesce(category_points.points, 0),
                    coalesce(category_limits.min_points, category_points.points, 0)
                ),
                coalesce(category_limits.max_points, greatest(
                    coalesce(category_points.points, 0),
                    coalesce(category_limits.min_points, category_points.points, 0)
                ))
            ) as decimal(28, 9)
        ) as limited_points,
        cast(coalesce(category_points.points, 0) as decimal(28, 9)) as points
    from scored_leads
    inner join category_limits on scored_leads.scoring_model = category_limits.scoring_model
    inner join used_categories
        on
            category_limits.scoring_model = used_categories.scoring_model
            and category_limits.dimension = used_categories.dimension
            and lower(category_limits.category) = used_categories.category_word
    left join category_points
        on
            scored_leads.as_of = category_points.as_of
            and scored_leads.lead_id = category_points.lead_id
            and category_limits.scoring_model = category_points.scoring_model
            and category_limits.dimension = category_points.dimension
            and lower(category_limits.category) = category_points.category_word
)

select
    limited.as_of,
    limited.lead_id,
    limited.scoring_model,
    concat('limit:', limited.dimension, ':', limited.category) as criterion,
    limited.dimension,
    limited.category,
    limited.limited_points - limited.points as points,
    concat('held to ', {{ number_as_text('limited.limited_points') }}) as evidence
from limited
where limited.limited_points <> limited.points
{%- endmacro %}
