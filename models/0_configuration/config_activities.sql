-- depends_on: {{ ref('configuration_check') }}
-- The conditions are patterns for the macro is_like.
with activity_names as (
    select * from {{ ref('activity_names') }}
),

activities as (
    select
        {{ cell('activity') }} as activity,
        {{ cell_word('source') }} as source,
        {%- for name in event_columns() %}
        {%- set is_path = name in ['page_path', 'link_url'] %}
        {%- set is_id = name.endswith('_id') %}
        {{ like_pattern(
            normalise_path(cell(name)) if is_path else as_id(cell(name)) if is_id else cell(name)
        ) }} as {{ name }},
        {%- endfor %}
        cast(floor({{ cell_number('min_percent_complete') }}) as integer) as min_percent_complete,
        {{ cell_word('quantity') }} as quantity,
        {{ cell_word('intent') }} as intent,
        {{ cell_word('stage') }} as stage,
        {{ cell('channel') }} as channel
    from {{ ref('activities') }}
)

select
    activities.activity,
    activity_names.activity_number,
    activities.source,
    {%- for name in event_columns() %}
    activities.{{ name }},
    {%- endfor %}
    activities.min_percent_complete,
    activities.quantity,
    activities.intent,
    activities.stage,
    activities.channel
from activities
inner join activity_names on activities.activity = activity_names.activity
