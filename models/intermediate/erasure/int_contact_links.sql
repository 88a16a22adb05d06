{{ config(materialized='ephemeral') }}

-- Rows that link a contact to a further deal or company, without the data of erased people. Always
-- ephemeral, because the raw rows name them.
with links as (
    select
        'deal_contacts' as source_table,
        deal_contacts.contact_id,
        deal_contacts.deal_id as linked_id,
        deal_contacts.updated_at,
        deal_contacts.rejection_reason,
        deal_contacts.raw_row
    from {{ ref('stg_crm__deal_contacts') }} as deal_contacts

    union all

    select
        'contact_companies' as source_table,
        contact_companies.contact_id,
        contact_companies.company_id as linked_id,
        contact_companies.updated_at,
        contact_companies.rejection_reason,
        contact_companies.raw_row
    from {{ ref('stg_crm__contact_companies') }} as contact_companies
),

-- Hashed before the join, because not every engine accepts the salt query in a join condition.
hashed as (
    select
        links.*,
        case
            when remembered.key_count > 0 then {{ salted_hash('contact_id', 'links.contact_id') }}
        end as contact_hash
    from links
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
    matched.source_table,
    matched.updated_at,
    matched.rejection_reason,
    matched.erased_until,
    {{ columns_without_erased('matched', ['contact_id', 'linked_id', 'raw_row']) }},
    matched.rejection_reason is null and matched.erased_until is null as is_valid
from matched
