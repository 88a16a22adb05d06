-- depends_on: {{ ref('configuration_check') }}
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
),

engagement_criteria as (
    select
        {{ cell('criterion') }} as criterion,
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell('category') }} as category,
        {{ cell_word('activity') }} as activity_word,
        {{ cell_word('rule') }} as rule,
        {{ cell_word('per') }} as per_word,
        {{ cell_number('min_count') }} as min_count,
        {{ cell_number('max_count') }} as max_count,
        {{ cell_number('min_rate') }} as min_rate,
        {{ cell_number('window_days') }} as window_days,
        {{ cell_number('daily_limit') }} as daily_limit,
        {{ cell_number('points') }} as points,
        coalesce({{ cell_word('decay') }}, 'none') as decay,
        {{ cell_number('decay_days') }} as decay_days,
        {{ cell_number('decay_rate') }} as decay_rate,
        {{ cell_number('max_points') }} as max_points,
        {{ cell('description') }} as description
    from {{ ref('engagement_criteria') }}
),

fit_criteria as (
    select count(*) as fit_criterion_count from {{ ref('config_fit_criteria') }}
)

select
    cast(fit_criteria.fit_criterion_count + row_number() over (
        order by scoring_models.model_number, {{ byte_order('engagement_criteria.criterion') }}
    ) as integer) as criterion_number,
    engagement_criteria.criterion,
    scoring_models.scoring_model,
    scoring_models.model_number,
    engagement_criteria.category,
    coalesce(activity_names.activity, engagement_criteria.activity_word) as activity,
    engagement_criteria.rule,
    case
        when engagement_criteria.rule = 'amount'
            then coalesce({{ try_number('engagement_criteria.per_word') }}, 1)
    end as amount_per,
    case when engagement_criteria.rule = 'rate' then per_activities.activity end as rate_per,
    engagement_criteria.min_count,
    engagement_criteria.max_count,
    engagement_criteria.min_rate,
    engagement_criteria.window_days,
    engagement_criteria.daily_limit,
    engagement_criteria.points,
    engagement_criteria.decay,
    engagement_criteria.decay_days,
    engagement_criteria.decay_rate,
    engagement_criteria.max_points,
    engagement_criteria.description
from engagement_criteria
cross join fit_criteria
inner join scoring_models
    on engagement_criteria.scoring_model_word = lower(scoring_models.scoring_model)
left join activity_names on engagement_criteria.activity_word = lower(activity_names.activity)
left join activity_names as per_activities
    on engagement_criteria.per_word = lower(per_activities.activity)
