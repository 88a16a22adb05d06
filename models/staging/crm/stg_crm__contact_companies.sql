{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_crm', 'contact_companies') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

contact_companies as{{ computed_once() }} (
    select
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_id(raw, 'company_id') }} as company_id,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        contact_companies.*,
        case
            when contact_companies.contact_id is null then 'contact_id is missing'
            when contact_companies.company_id is null then 'company_id is missing'
            when contact_companies.updated_at is null then 'updated_at is missing or unreadable'
        end as rejection_reason
    from contact_companies
)

select
    validated.contact_id,
    validated.company_id,
    validated.updated_at,
    validated.rejection_reason,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row
from validated
