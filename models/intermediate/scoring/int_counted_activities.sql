-- The activities that each engagement criterion counts: its own and, for a rate, the one that it is
-- divided by. 0 is the activity any.
with criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
)

select
    criteria.criterion_number,
    criteria.model_number,
    coalesce(activity_names.activity_number, 0) as activity_number,
    false as is_rate_base,
    criteria.rule,
    criteria.decay,
    cast(criteria.window_days as integer) as window_days,
    cast(criteria.daily_limit as bigint) as daily_limit,
    cast(criteria.amount_per as {{ type_double() }}) as amount_per,
    cast(criteria.decay_days as {{ type_double() }}) as decay_days,
    cast(criteria.decay_rate as {{ type_double() }}) as decay_rate
from criteria
left join activity_names on criteria.activity = activity_names.activity

union all

select
    criteria.criterion_number,
    criteria.model_number,
    activity_names.activity_number,
    true as is_rate_base,
    criteria.rule,
    criteria.decay,
    cast(criteria.window_days as integer) as window_days,
    cast(null as bigint) as daily_limit,
    cast(null as {{ type_double() }}) as amount_per,
    cast(null as {{ type_double() }}) as decay_days,
    cast(null as {{ type_double() }}) as decay_rate
from criteria
inner join activity_names on criteria.rate_per = activity_names.activity
