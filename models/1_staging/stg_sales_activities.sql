{% set raw = raw_table('raw_crm', 'sales_activities') %}

with raw_rows as (
    select * from {{ raw.relation }}
),

placeholders as (
    select * from {{ ref('placeholder_list') }}
),

erased_keys as (
    select * from {{ ref('erased_keys') }}
),

sales_activities as (
    select
        {{ read_known_text(raw, 'sales_activity_id') }} as sales_activity_id,
        {{ read_known_text(raw, 'contact_id') }} as contact_id,
        lower({{ read_text(raw, 'kind') }}) as kind,
        lower({{ read_text(raw, 'direction') }}) as direction,
        lower({{ read_text(raw, 'outcome') }}) as outcome,
        {{ read_known_text(raw, 'owner_id') }} as owner_id,
        {{ read_timestamp(raw, 'occurred_at') }} as occurred_at,
        {{ read_delivery_time(raw, 'loaded_at') }} as loaded_at,
        {{ row_as_json(raw) }} as raw_row
    from raw_rows
    cross join placeholders
),

judged as (
    select
        sales_activities.*,
        case
            when sales_activities.sales_activity_id is null then 'sales_activity_id is missing'
            when sales_activities.contact_id is null then 'contact_id is missing'
            when sales_activities.occurred_at is null then 'occurred_at is missing or unreadable'
            when
                sales_activities.loaded_at is null
                or not {{ is_finite('sales_activities.loaded_at') }}
                then 'loaded_at is missing or unreadable'
        end as rejected_because
    from sales_activities
),

{{ activities_without_erased(
    'sales_activities', 'sales_activity_id', ['contact_id'],
    ['kind', 'direction', 'outcome', 'owner_id']
) }}
