-- The stored activity rows that name a person who is erased now, by contact_id, else by an e-mail
-- address. A row of another known contact stays and forgets the address.
with keys_to_erase as (
    select * from {{ ref('keys_to_erase') }}
),

known_contacts as (
    select
        contact_versions.contact_id,
        min(contact_versions.created_at) as created_at
    from {{ ref('contact_versions') }} as contact_versions
    group by contact_versions.contact_id
),

rows_by_contact as (
    select
        stored.row_key,
        keys_to_erase.erased_until,
        false as is_email_only
    from {{ ref('activity_rows') }} as stored
    inner join keys_to_erase
        on {{ salted_hash('contact_id', 'stored.contact_id') }} = keys_to_erase.key_hash
    where {{ erased_by('keys_to_erase', 'stored.occurred_at') }}
),

rows_by_email as (
    select
        stored.row_key,
        keys_to_erase.erased_until,
        coalesce(known_contacts.created_at <= keys_to_erase.erased_until, false) as is_email_only
    from {{ ref('activity_rows') }} as stored
    inner join keys_to_erase
        on {{ salted_hash('email', 'stored.email') }} = keys_to_erase.key_hash
    left join known_contacts on stored.contact_id = known_contacts.contact_id
    where
        {{ erased_by('keys_to_erase', 'stored.occurred_at') }}
        and stored.row_key not in (select rows_by_contact.row_key from rows_by_contact)
),

named_rows as (
    select * from rows_by_contact
    union all
    select * from rows_by_email
)

select
    named_rows.row_key,
    named_rows.erased_until,
    named_rows.is_email_only,
    -- The device of a row that counts is the person's; an older version may have named another's.
    case
        when not named_rows.is_email_only and stored.row_status = 'used'
            then {{ salted_hash('anonymous_id', 'stored.anonymous_id') }}
    end as device_hash
from named_rows
inner join {{ ref('activity_rows') }} as stored on named_rows.row_key = stored.row_key
