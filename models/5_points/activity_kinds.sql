-- Which kinds of event are occurrences of which activity of activities.csv. The definition key
-- changes when the row of activities.csv does in what it asks for.
with activities as (
    select
        config_activities.*,
        {{ activity_definition_key('config_activities') }} as definition_key
    from {{ ref('config_activities') }} as config_activities
),

event_kinds as (
    select * from {{ ref('event_kinds') }}
),

matched as (
    select
        activities.activity,
        activities.definition_key,
        activities.quantity,
        activities.intent,
        event_kinds.kind_key
    from activities
    inner join event_kinds
        on
            (activities.source is null or activities.source = event_kinds.source)
            {%- for name in kind_columns() %}
            and (
                activities.{{ name }} is null
                or {{ is_like('event_kinds.' ~ name, 'activities.' ~ name) }}
            )
            {%- endfor %}
            and (
                activities.min_percent_complete is null
                or activities.min_percent_complete <= event_kinds.percent_floor
            )
),

-- The activity any: whatever is an occurrence of an activity of positive intent, once.
positive_definitions as (
    select cast(sum({{ key_checksum('activities.definition_key') }}) as bigint) as definition_key
    from activities
    where activities.intent = 'positive'
),

positive_kinds as (
    select distinct matched.kind_key
    from matched
    where matched.intent = 'positive'
)

select
    matched.activity,
    matched.definition_key,
    matched.quantity,
    matched.kind_key
from matched

union all

select
    'any' as activity,
    positive_definitions.definition_key,
    cast(null as {{ dbt.type_string() }}) as quantity,
    positive_kinds.kind_key
from positive_kinds
cross join positive_definitions
