{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_crm', 'deal_contacts') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

deal_contacts as{{ computed_once() }} (
    select
        {{ read_id(raw, 'deal_id') }} as deal_id,
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        deal_contacts.*,
        case
            when deal_contacts.deal_id is null then 'deal_id is missing'
            when deal_contacts.contact_id is null then 'contact_id is missing'
            when deal_contacts.updated_at is null then 'updated_at is missing or unreadable'
        end as rejection_reason
    from deal_contacts
)

select
    validated.deal_id,
    validated.contact_id,
    validated.updated_at,
    validated.rejection_reason,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row
from validated
