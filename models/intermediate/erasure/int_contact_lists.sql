{{ config(materialized='view') }}

-- The lists of addresses and of merged contacts in stored versions, as hashes, with and without
-- erased people. Read before people are erased and, by a hook, when they are.
with contact_versions as (
    select * from {{ ref('stg_crm__contact_versions') }}
),

lists as (
    select distinct
        'email' as key_kind,
        contact_versions.additional_emails as list_text,
        contact_versions.updated_at as known_at
    from contact_versions
    {{ cross_join_askers() }}
    where
        askers.asker_count > 0
        and contact_versions.additional_emails is not null

    union all

    select distinct
        'contact_id' as key_kind,
        contact_versions.merged_contact_ids as list_text,
        contact_versions.updated_at as known_at
    from contact_versions
    {{ cross_join_askers() }}
    where
        askers.asker_count > 0
        and contact_versions.merged_contact_ids is not null
),

{{ names_in_lists() }}
