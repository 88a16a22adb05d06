{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_activity', 'web_events') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

web_events as (
    select
        {{ read_id(raw, 'event_id') }} as event_id,
        {{ read_id(raw, 'anonymous_id') }} as anonymous_id,
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        {{ read_id(raw, 'session_id') }} as session_id,
        lower({{ read_text(raw, 'event_name') }}) as event_name,
        {{ normalise_path(read_text(raw, 'page_path')) }} as page_path,
        lower({{ read_text(raw, 'utm_source') }}) as utm_source,
        lower({{ read_text(raw, 'utm_medium') }}) as utm_medium,
        lower({{ read_text(raw, 'utm_campaign') }}) as utm_campaign,
        lower({{ read_known_text(raw, 'product') }}) as product,
        lower({{ read_id(raw, 'content_id') }}) as content_id,
        lower({{ read_id(raw, 'form_id') }}) as form_id,
        {{ read_number(raw, 'duration_seconds') }} as duration_seconds,
        {{ read_number(raw, 'percent_complete') }} as percent_complete,
        lower({{ read_text(raw, 'user_agent') }}) as user_agent,
        {{ read_timestamp(raw, 'occurred_at') }} as occurred_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {{ bare_delivery_time(raw, 'loaded_at') }} as bare_loaded_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        web_events.*,
        case
            when web_events.event_id is null then 'event_id is missing'
            when web_events.event_name is null then 'event_name is missing'
            when web_events.occurred_at is null then 'occurred_at is missing or unreadable'
            when web_events.loaded_at is null then 'loaded_at is missing or unreadable'
            when
                web_events.contact_id is null
                and web_events.email is null
                and web_events.anonymous_id is null
                then 'no contact_id, no email and no anonymous_id'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'web_events', ['email', 'duration_seconds', 'percent_complete']) }}
            as unreadable_cells
    from web_events
    cross join reading_rules
)

select
    '{{ raw.name }}' as source_table,
    'web' as source,
    validated.event_id,
    validated.loaded_at,
    validated.bare_loaded_at,
    validated.rejection_reason,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row,
    {{ activity_columns_of('validated', [
        'contact_id', 'email', 'anonymous_id', 'session_id', 'event_name', 'page_path',
        'content_id', 'form_id', 'utm_source', 'utm_medium', 'utm_campaign', 'product', 'user_agent',
        'duration_seconds', 'percent_complete', 'occurred_at',
        'unreadable_cells',
    ]) }}
from validated
