{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_crm', 'deals') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

deals as{{ computed_once() }} (
    select
        {{ read_id(raw, 'deal_id') }} as deal_id,
        {{ read_id(raw, 'contact_id') }} as named_contact_id,
        {{ read_id(raw, 'company_id') }} as company_id,
        lower({{ read_known_text(raw, 'deal_type') }}) as deal_type,
        {{ read_known_text(raw, 'product') }} as product,
        {{ read_known_text(raw, 'stage') }} as stage,
        {{ read_number(raw, 'amount') }} as amount,
        {{ read_timestamp(raw, 'created_at') }} as created_at,
        {{ read_timestamp(raw, 'closed_at') }} as closed_at,
        {{ read_boolean(raw, 'is_won') }} as is_won,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        deals.*,
        case
            when deals.deal_id is null then 'deal_id is missing'
            when deals.created_at is null then 'created_at is missing or unreadable'
            when deals.updated_at is null then 'updated_at is missing or unreadable'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'deals', ['amount', 'closed_at', 'is_won', 'loaded_at']) }}
            as unreadable_cells
    from deals
    cross join reading_rules
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
                then {{ salted_hash('contact_id', 'validated.named_contact_id') }}
        end as contact_hash
    from validated
    {{ cross_join_remembered() }}
),

matched as{{ computed_once() }} (
    select
        hashed.*,
        {{ erased_by('erased_contacts', 'hashed.created_at') }} as is_contact_erased,
        case
            when
                hashed.company_id is null
                and {{ erased_by('erased_contacts', 'hashed.created_at') }}
                then erased_contacts.erased_until
        end as erased_until
    from hashed
    left join {{ ref('stg_erasure__erased_keys') }} as erased_contacts
        on hashed.contact_hash = erased_contacts.key_hash
)

-- The deal of an erased person stays with its company but no longer names the contact.
select
    matched.updated_at,
    matched.loaded_at,
    matched.rejection_reason,
    matched.erased_until,
    case when not matched.is_contact_erased then matched.named_contact_id end as contact_id,
    case when not matched.is_contact_erased then matched.raw_row end as raw_row,
    {{ columns_without_erased('matched', [
        'deal_id', 'company_id', 'deal_type', 'product', 'stage', 'amount', 'created_at',
        'closed_at', 'is_won', 'unreadable_cells',
    ]) }}
from matched
