-- depends_on: {{ ref('fct_activity_daily') }}
-- Event types that are occurrences of each activity of activities.csv; after fct_activity_daily has
-- deleted unused ones.
with activities as (
    select * from {{ ref('config_activities') }}
),

event_types as (
    select * from {{ ref('dim_event_types') }}
),

sources as (
    select distinct event_types.source
    from event_types
),

-- An activity without a source may be of any source. Expanding it lets event types be matched
-- within one source.
sourced_activities as (
    select
        activities.*,
        sources.source as event_source
    from activities
    inner join sources on coalesce(activities.source, sources.source) = sources.source
),

matched as (
    select
        sourced_activities.activity_number,
        sourced_activities.activity,
        sourced_activities.quantity,
        sourced_activities.intent,
        event_types.event_type_key
    from sourced_activities
    inner join event_types
        on
            sourced_activities.event_source = event_types.source
            {%- for name in event_columns() %}
            and (
                sourced_activities.{{ name }} is null
                or {{ is_like('event_types.' ~ name, 'sourced_activities.' ~ name) }}
            )
            {%- endfor %}
            and (
                sourced_activities.min_percent_complete is null
                or sourced_activities.min_percent_complete <= event_types.percent_floor
            )
)

select
    matched.activity_number,
    matched.activity,
    matched.quantity,
    matched.event_type_key
from matched

union all

-- The activity any: every event type of an activity of positive intent, once.
select distinct
    0 as activity_number,
    'any' as activity,
    cast(null as {{ dbt.type_string() }}) as quantity,
    matched.event_type_key
from matched
where matched.intent = 'positive'
