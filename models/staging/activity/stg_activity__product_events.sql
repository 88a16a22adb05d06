{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_activity', 'product_events') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

product_events as (
    select
        {{ read_id(raw, 'event_id') }} as event_id,
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        lower({{ read_text(raw, 'event_name') }}) as event_name,
        lower({{ read_text(raw, 'feature') }}) as feature,
        lower({{ read_known_text(raw, 'product') }}) as product,
        {{ read_number(raw, 'quantity') }} as quantity,
        {{ read_timestamp(raw, 'occurred_at') }} as occurred_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {{ bare_delivery_time(raw, 'loaded_at') }} as bare_loaded_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        product_events.*,
        case
            when product_events.event_id is null then 'event_id is missing'
            when product_events.event_name is null then 'event_name is missing'
            when product_events.occurred_at is null then 'occurred_at is missing or unreadable'
            when product_events.loaded_at is null then 'loaded_at is missing or unreadable'
            when product_events.contact_id is null and product_events.email is null
                then 'no contact_id and no email'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'product_events', ['email', 'quantity']) }} as unreadable_cells
    from product_events
    cross join reading_rules
)

select
    '{{ raw.name }}' as source_table,
    'product' as source,
    validated.event_id,
    validated.loaded_at,
    validated.bare_loaded_at,
    validated.rejection_reason,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row,
    {{ activity_columns_of('validated', [
        'contact_id', 'email', 'event_name', 'feature', 'product', 'quantity',
        'occurred_at',
        'unreadable_cells',
    ]) }}
from validated
