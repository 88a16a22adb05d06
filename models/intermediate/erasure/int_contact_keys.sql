-- What was known about each contact, with the period for which it held: every version, from the
-- creation of the contact. Rows of people erased earlier are included by their hashes, as long as
-- the raw table contains them. All contacts are hashed, because this table is built before the run
-- erases anyone; none is, as long as nobody has ever requested erasure.
with contact_lists as (
    select * from {{ ref('int_contact_lists') }}
),

evidence as (
    select
        {{ salted_hash('contact_id', 'stored.contact_id') }} as contact_hash,
        {{ salted_hash('email', 'stored.email') }} as email_hash,
        email_lists.key_hashes as additional_email_hashes,
        {{ salted_hash('contact_id', 'stored.merged_into_contact_id') }} as merge_target_hash,
        id_lists.key_hashes as listed_hashes,
        dense_rank() over (order by {{ byte_order('stored.contact_id') }}) as contact_order,
        stored.created_at,
        stored.updated_at,
        stored.deleted_at,
        cast(null as timestamp) as erased_until
    from {{ ref('stg_crm__contact_versions') }} as stored
    {{ cross_join_askers() }}
    left join contact_lists as email_lists
        on
            email_lists.key_kind = 'email'
            and stored.additional_emails = email_lists.list_text
            and stored.updated_at = email_lists.known_at
    left join contact_lists as id_lists
        on
            id_lists.key_kind = 'contact_id'
            and stored.merged_contact_ids = id_lists.list_text
            and stored.updated_at = id_lists.known_at
    where askers.asker_count > 0

    {% if anybody_asked() -%}
    union all

    select distinct
        erased_rows.contact_hash,
        erased_rows.email_hash,
        erased_rows.additional_email_hashes,
        erased_rows.merge_target_hash,
        erased_rows.listed_hashes,
        cast(null as bigint) as contact_order,
        erased_rows.created_at,
        erased_rows.updated_at,
        erased_rows.deleted_at,
        erased_rows.erased_until
    from {{ ref('stg_crm__contacts') }} as erased_rows
    where
        erased_rows.erased_until is not null
        and erased_rows.rejection_reason is null
    {%- endif %}
),

ordered as (
    select
        evidence.*,
        row_number() over (
            partition by evidence.contact_hash
            order by evidence.updated_at, evidence.merge_target_hash, evidence.email_hash
        ) as version_number,
        lead(evidence.updated_at) over (
            partition by evidence.contact_hash
            order by evidence.updated_at, evidence.merge_target_hash, evidence.email_hash
        ) as next_updated_at
    from evidence
)

select
    ordered.contact_hash,
    ordered.merge_target_hash,
    ordered.listed_hashes,
    ordered.contact_order,
    ordered.created_at,
    ordered.updated_at,
    ordered.deleted_at,
    ordered.erased_until,
    nullif(
        concat(
            coalesce(ordered.email_hash, ''), ';', coalesce(ordered.additional_email_hashes, '')
        ),
        ';'
    ) as email_hashes,
    -- The first version also covers the time before it was written.
    case
        when ordered.version_number = 1 or ordered.updated_at < ordered.created_at
            then ordered.created_at
        else ordered.updated_at
    end as starts_at,
    coalesce(ordered.next_updated_at, cast('9999-12-31' as timestamp)) as ends_at
from ordered
