-- Everything that can add or subtract points: criteria and category limits, each with its integer
-- key. The definition key changes when the conditions or the points change.
with fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

category_limits as (
    select * from {{ ref('config_category_limits') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

activities as (
    select
        config_activities.activity,
        config_activities.intent,
        {{ hash_key(
            ['config_activities.activity', 'config_activities.source']
            + prefixed('config_activities', event_columns())
            + ['config_activities.min_percent_complete', 'config_activities.quantity']
        ) }} as activity_key
    from {{ ref('config_activities') }} as config_activities
),

-- The activity any covers all activities of positive intent.
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
),

criteria as (
    select
        fit_criteria.criterion_number,
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        'fit' as dimension,
        fit_criteria.category,
        fit_criteria.description,
        false as is_dated,
        {{ hash_key(prefixed('fit_criteria', [
            'attribute', 'operator', 'value', 'min_value', 'max_value', 'within_days', 'points',
        ])) }} as definition_key
    from fit_criteria

    union all

    select
        engagement_criteria.criterion_number,
        engagement_criteria.scoring_model,
        engagement_criteria.criterion,
        'engagement' as dimension,
        engagement_criteria.category,
        engagement_criteria.description,
        -- A count or a rate cannot be attributed to a single day.
        engagement_criteria.rule in ('each', 'amount') as is_dated,
        {{ hash_key(prefixed('engagement_criteria', [
            'activity', 'rule', 'amount_per', 'rate_per', 'min_count', 'max_count', 'min_rate',
            'window_days', 'daily_limit', 'points', 'decay', 'decay_days', 'decay_rate',
            'max_points',
        ]) + ['activity_keys.activity_key', 'per_keys.activity_key']) }} as definition_key
    from engagement_criteria
    left join activity_keys on engagement_criteria.activity = activity_keys.activity
    left join activity_keys as per_keys on engagement_criteria.rate_per = per_keys.activity
),

last_number as (
    select coalesce(max(criteria.criterion_number), 0) as criterion_number
    from criteria
),

limits as (
    select
        last_number.criterion_number + row_number() over (
            order by
                {{ byte_order('category_limits.scoring_model') }},
                category_limits.dimension,
                {{ byte_order('category_limits.category') }}
        ) as criterion_number,
        category_limits.*
    from category_limits
    cross join last_number
),

final as (
    select
        criteria.*,
        lower(criteria.category) as category_word,
        false as is_limit,
        cast(null as decimal(28, 9)) as min_points,
        cast(null as decimal(28, 9)) as max_points
    from criteria

    union all

    select
        limits.criterion_number,
        limits.scoring_model,
        concat('limit:', limits.dimension, ':', limits.category) as criterion,
        limits.dimension,
        limits.category,
        cast(null as {{ dbt.type_string() }}) as description,
        false as is_dated,
        {{ hash_key(prefixed('limits', ['min_points', 'max_points'])) }} as definition_key,
        lower(limits.category) as category_word,
        true as is_limit,
        limits.min_points,
        limits.max_points
    from limits
)

select
    cast(final.criterion_number as integer) as criterion_number,
    scoring_models.model_number,
    final.scoring_model,
    final.criterion,
    final.dimension,
    final.category,
    final.category_word,
    final.description,
    final.is_dated,
    final.is_limit,
    final.min_points,
    final.max_points,
    final.definition_key,
    -- Breaks ties between criteria with equal points.
    row_number() over (
        order by {{ byte_order('final.criterion') }}, {{ byte_order('final.scoring_model') }}
    ) as name_order
from final
inner join scoring_models on final.scoring_model = scoring_models.scoring_model
