-- What was known about each contact, with the period for which it held: every version, from the
-- creation of the contact. Rows of people erased earlier are included by their hashes, as long as
-- the raw table contains them. All contacts are hashed, because this table is built before the run
-- erases anyone.
with erased_keys as (
    select * from {{ ref('stg_erasure__erased_keys') }}
),

erasure_requests as (
    select * from {{ ref('stg_crm__erasure_requests') }}
),

-- Nothing is needed when nobody has ever requested erasure.
askers as (
    select count(*) as asker_count
    from (
        select erasure_requests.requested_at as asked_at from erasure_requests
        union all
        select erased_keys.erased_until as asked_at from erased_keys
    ) as asked
),

evidence as (
    select
        {{ salted_hash('contact_id', 'stored.contact_id') }} as contact_hash,
        {{ salted_hash('email', 'stored.email') }} as email_hash,
        {{ salted_hash('contact_id', 'stored.merged_into_contact_id') }} as merge_target_hash,
        dense_rank() over (order by {{ byte_order('stored.contact_id') }}) as contact_order,
        stored.created_at,
        stored.updated_at,
        cast(null as timestamp) as erased_until
    from {{ ref('stg_crm__contact_versions') }} as stored
    cross join askers
    where askers.asker_count > 0

    union all

    select distinct
        erased_rows.contact_hash,
        erased_rows.email_hash,
        erased_rows.merge_target_hash,
        cast(null as bigint) as contact_order,
        erased_rows.created_at,
        erased_rows.updated_at,
        erased_rows.erased_until
    from {{ ref('stg_crm__contacts') }} as erased_rows
    where
        erased_rows.erased_until is not null
        and erased_rows.rejection_reason is null
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
    ordered.email_hash,
    ordered.contact_order,
    ordered.created_at,
    ordered.updated_at,
    ordered.erased_until,
    nullif(ordered.merge_target_hash, ordered.contact_hash) as merge_target_hash,
    -- The first version also covers the time before it was written.
    case
        when ordered.version_number = 1 or ordered.updated_at < ordered.created_at
            then ordered.created_at
        else ordered.updated_at
    end as starts_at,
    coalesce(ordered.next_updated_at, cast('9999-12-31' as timestamp)) as ends_at
from ordered
