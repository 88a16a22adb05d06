{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_activity', 'social_events') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

social_events as (
    select
        {{ read_id(raw, 'event_id') }} as event_id,
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        lower({{ read_text(raw, 'network') }}) as network,
        lower({{ read_text(raw, 'event_name') }}) as event_name,
        {{ read_timestamp(raw, 'occurred_at') }} as occurred_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {{ bare_delivery_time(raw, 'loaded_at') }} as bare_loaded_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        social_events.*,
        case
            when social_events.event_id is null then 'event_id is missing'
            when social_events.event_name is null then 'event_name is missing'
            when social_events.event_name not in ({{ as_literals(event_names('social')) }})
                then 'event_name is none of {{ event_names("social") | join(", ") }}'
            when social_events.occurred_at is null then 'occurred_at is missing or unreadable'
            when social_events.loaded_at is null then 'loaded_at is missing or unreadable'
            when social_events.contact_id is null and social_events.email is null
                then 'no contact_id and no email'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'social_events', ['email']) }} as unreadable_cells
    from social_events
    cross join reading_rules
)

select
    '{{ raw.name }}' as source_table,
    'social' as source,
    validated.event_id,
    validated.loaded_at,
    validated.bare_loaded_at,
    validated.rejection_reason,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row,
    {{ activity_columns_of('validated', [
        'contact_id', 'email', 'event_name', 'network', 'occurred_at',
        'unreadable_cells',
    ]) }}
from validated
