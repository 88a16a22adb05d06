-- Which kinds of event are occurrences of which activity of activities.csv. The definition key
-- changes when the row of activities.csv does in what it asks for.
with activities as (
    select
        config_activities.*,
        {{ hash_key(['config_activities.activity', 'config_activities.source']
            + prefixed('config_activities', kind_columns())
            + ['config_activities.min_percent_complete', 'config_activities.quantity']) }}
            as definition_key
    from {{ ref('config_activities') }} as config_activities
),

event_kinds as (
    select * from {{ ref('event_kinds') }}
)

select
    activities.activity,
    activities.definition_key,
    activities.quantity,
    event_kinds.kind_key
from activities
inner join event_kinds
    on
        activities.source = event_kinds.source
        {%- for name in kind_columns() %}
        and (
            activities.{{ name }} is null
            or event_kinds.{{ name }} like activities.{{ name }} escape '\'
        )
        {%- endfor %}
        and (
            activities.min_percent_complete is null
            or event_kinds.percent_floor >= activities.min_percent_complete
        )
