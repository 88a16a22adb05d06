{% set raw = raw_table('raw_crm', 'deals') %}

with raw_rows as (
    select * from {{ raw.relation }}
),

placeholders as (
    select * from {{ ref('placeholder_list') }}
),

deals as (
    select
        {{ read_known_text(raw, 'deal_id') }} as deal_id,
        {{ read_known_text(raw, 'contact_id') }} as contact_id,
        {{ read_known_text(raw, 'company_id') }} as company_id,
        lower({{ read_known_text(raw, 'deal_type') }}) as deal_type,
        {{ read_known_text(raw, 'product') }} as product,
        {{ read_known_text(raw, 'stage') }} as stage,
        {{ read_number(raw, 'amount') }} as amount,
        {{ read_timestamp(raw, 'created_at') }} as created_at,
        {{ read_timestamp(raw, 'closed_at') }} as closed_at,
        {{ read_boolean(raw, 'is_won') }} as is_won,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ row_as_json(raw) }} as raw_row
    from raw_rows
    cross join placeholders
)

select
    *,
    case
        when deal_id is null then 'deal_id is missing'
        when created_at is null then 'created_at is missing or unreadable'
        when updated_at is null then 'updated_at is missing or unreadable'
    end as rejected_because
from deals
