{{ config(materialized='ephemeral') }}

-- The twenty criteria that add most to the score of each scoring model with an MQL threshold, each
-- at the most that it gives. Criteria without which no lead is an MQL come first.
with options as (
    select * from {{ ref('int_criterion_options') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
    where mql_score is not null
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

-- Criteria that must be met, because otherwise a gate holds the score below the threshold.
needed_criteria as (
    select distinct
        scoring_models.scoring_model,
        score_gates.criterion_word
    from scoring_models
    inner join {{ ref('config_score_gates') }} as score_gates
        on scoring_models.scoring_model = score_gates.scoring_model
    where
        score_gates.applies_when = 'not_met'
        and (score_gates.disqualifies or score_gates.max_score < scoring_models.mql_score)
),

-- Unlimited points count as many as the target requires.
worth as (
    select distinct
        options.scoring_model,
        options.criterion,
        options.dimension,
        options.option_group,
        category_limits.max_points,
        lower(options.category) as category_word,
        coalesce(
            options.most_points, category_limits.max_points, scoring_models.engagement_target, 0
        ) as points,
        needed_criteria.criterion_word is not null as is_needed,
        case options.dimension
            when 'fit' then scoring_models.fit_weight / nullif(scoring_models.fit_target, 0)
            else scoring_models.engagement_weight / nullif(scoring_models.engagement_target, 0)
        end as score_per_point
    from options
    inner join scoring_models on options.scoring_model = scoring_models.scoring_model
    left join category_limits
        on
            options.scoring_model = category_limits.scoring_model
            and options.dimension = category_limits.dimension
            and lower(options.category) = lower(category_limits.category)
    left join needed_criteria
        on
            options.scoring_model = needed_criteria.scoring_model
            and lower(options.criterion) = needed_criteria.criterion_word
    where not options.is_closing_gate
),

ranked as (
    select
        worth.*,
        row_number() over (
            partition by worth.scoring_model
            order by
                case when worth.is_needed then 0 else 1 end,
                worth.points * worth.score_per_point desc,
                {{ byte_order('worth.criterion') }}
        ) as criterion_rank
    from worth
    where worth.is_needed or (worth.points > 0 and worth.score_per_point > 0)
)

select
    ranked.scoring_model,
    ranked.criterion,
    ranked.dimension,
    ranked.category_word,
    ranked.option_group,
    ranked.points,
    ranked.max_points,
    ranked.is_needed,
    ranked.criterion_rank,
    sum(case when ranked.is_needed then 1 else 0 end) over (partition by ranked.scoring_model)
        as needed_criteria
from ranked
where ranked.criterion_rank <= 20
