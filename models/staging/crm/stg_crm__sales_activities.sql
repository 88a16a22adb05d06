{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_crm', 'sales_activities') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

sales_activities as (
    select
        {{ read_id(raw, 'sales_activity_id') }} as event_id,
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        lower({{ read_text(raw, 'kind') }}) as event_name,
        lower({{ read_text(raw, 'direction') }}) as direction,
        lower({{ read_text(raw, 'outcome') }}) as outcome,
        {{ read_timestamp(raw, 'occurred_at') }} as occurred_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {{ bare_delivery_time(raw, 'loaded_at') }} as bare_loaded_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        sales_activities.*,
        case
            when sales_activities.event_id is null then 'sales_activity_id is missing'
            when sales_activities.occurred_at is null then 'occurred_at is missing or unreadable'
            when sales_activities.loaded_at is null then 'loaded_at is missing or unreadable'
            when sales_activities.contact_id is null and sales_activities.email is null
                then 'no contact_id and no email'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'sales_activities', ['email']) }} as unreadable_cells
    from sales_activities
    cross join reading_rules
)

select
    '{{ raw.name }}' as source_table,
    'sales' as source,
    validated.event_id,
    validated.loaded_at,
    validated.bare_loaded_at,
    validated.rejection_reason,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row,
    {{ activity_columns_of('validated', [
        'contact_id', 'email', 'event_name', 'direction', 'outcome', 'occurred_at',
        'unreadable_cells',
    ]) }}
from validated
