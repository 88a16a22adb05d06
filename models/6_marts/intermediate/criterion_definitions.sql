-- A number for each criterion and category limit that changes when what it asks for or gives does.
with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

activities as (
    select
        config_activities.activity,
        config_activities.intent,
        {{ activity_definition_key('config_activities') }} as activity_key
    from {{ ref('config_activities') }} as config_activities
),

-- The activity any is whatever has positive intent.
activity_keys as (
    select
        activities.activity,
        activities.activity_key
    from activities

    union all

    select
        'any' as activity,
        cast(sum({{ key_checksum('activities.activity_key') }}) as bigint) as activity_key
    from activities
    where activities.intent = 'positive'
)

select
    fit_criteria.scoring_model,
    fit_criteria.criterion,
    {{ hash_key(prefixed('fit_criteria', [
        'attribute', 'operator', 'value', 'min_value', 'max_value', 'within_days', 'points',
    ])) }} as definition_key
from fit_criteria

union all

select
    engagement_criteria.scoring_model,
    engagement_criteria.criterion,
    {{ hash_key(prefixed('engagement_criteria', [
        'activity', 'rule', 'amount_per', 'rate_per', 'min_count', 'max_count', 'min_rate',
        'window_days', 'daily_limit', 'points', 'decay', 'decay_days', 'decay_rate', 'max_points',
    ]) + ['activity_keys.activity_key', 'per_keys.activity_key']) }} as definition_key
from engagement_criteria
left join activity_keys on engagement_criteria.activity = activity_keys.activity
left join activity_keys as per_keys on engagement_criteria.rate_per = per_keys.activity

union all

select
    category_limits.scoring_model,
    concat('limit:', category_limits.dimension, ':', category_limits.category) as criterion,
    {{ hash_key(prefixed('category_limits', ['min_points', 'max_points'])) }} as definition_key
from category_limits
