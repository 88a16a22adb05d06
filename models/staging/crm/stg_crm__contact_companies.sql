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
),

-- Hashed before the join, because not every engine accepts the salt query in a join condition.
hashed as (
    select
        validated.*,
        case
            when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }}
        end as raw_row,
        case
            when remembered.key_count > 0
                then {{ salted_hash('contact_id', 'validated.contact_id') }}
        end as contact_hash
    from validated
    {{ cross_join_remembered() }}
),

matched as (
    select
        hashed.*,
        case
            when {{ erased_by('erased_contacts', 'hashed.updated_at') }}
                then erased_contacts.erased_until
        end as erased_until
    from hashed
    left join {{ ref('stg_erasure__erased_keys') }} as erased_contacts
        on hashed.contact_hash = erased_contacts.key_hash
)

select
    matched.updated_at,
    matched.rejection_reason,
    matched.erased_until,
    {{ columns_without_erased('matched', ['contact_id', 'company_id', 'raw_row']) }}
from matched
