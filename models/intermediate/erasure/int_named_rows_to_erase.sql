{{ config(materialized='ephemeral') }}

-- Stored activity rows that name a person whom this run erases, by contact_id, else by e-mail
-- address. A row of another known contact stays, without the address, as long as that contact is
-- known.
with keys_to_erase as (
    select * from {{ ref('int_keys_to_erase') }}
),

new_keys as (
    select count(*) as key_count
    from keys_to_erase
),

-- Hashed before the joins, because not every engine accepts the salt query in a join condition.
contacts as (
    select
        contact_versions.contact_id,
        contact_versions.created_at,
        case
            when new_keys.key_count > 0
                then {{ salted_hash('contact_id', 'contact_versions.contact_id') }}
        end as contact_hash
    from {{ ref('stg_crm__contact_versions') }} as contact_versions
    cross join new_keys
),

-- Those that this run leaves.
known_contacts as (
    select
        contacts.contact_id,
        min(contacts.created_at) as created_at
    from contacts
    left join keys_to_erase
        on
            contacts.contact_hash = keys_to_erase.key_hash
            and contacts.created_at <= keys_to_erase.erased_until
    where keys_to_erase.key_hash is null
    group by contacts.contact_id
),

rows_with_contact as (
    select
        stored.row_number,
        stored.occurred_at,
        {{ salted_hash('contact_id', 'stored.contact_id') }} as contact_hash
    from {{ ref('int_activity_log') }} as stored
    cross join new_keys
    where new_keys.key_count > 0
),

rows_with_email as (
    select
        stored.row_number,
        stored.occurred_at,
        stored.contact_id,
        {{ salted_hash('email', 'stored.email') }} as email_hash
    from {{ ref('int_activity_log') }} as stored
    cross join new_keys
    where new_keys.key_count > 0
),

rows_by_contact as (
    select
        rows_with_contact.row_number,
        keys_to_erase.erased_until,
        false as is_email_only
    from rows_with_contact
    inner join keys_to_erase on rows_with_contact.contact_hash = keys_to_erase.key_hash
    where {{ erased_by('keys_to_erase', 'rows_with_contact.occurred_at') }}
),

rows_by_email as (
    select
        rows_with_email.row_number,
        keys_to_erase.erased_until,
        coalesce(known_contacts.created_at <= keys_to_erase.erased_until, false) as is_email_only
    from rows_with_email
    inner join keys_to_erase on rows_with_email.email_hash = keys_to_erase.key_hash
    left join known_contacts on rows_with_email.contact_id = known_contacts.contact_id
    where
        {{ erased_by('keys_to_erase', 'rows_with_email.occurred_at') }}
        and rows_with_email.row_number not in (
            select rows_by_contact.row_number from rows_by_contact
        )
),

-- Rows that lost their address earlier and whose contact has since been deleted.
rows_left_behind as (
    select
        stored.row_number,
        stored.email_erased_until as erased_until,
        false as is_email_only
    from {{ ref('int_activity_log') }} as stored
    left join known_contacts on stored.contact_id = known_contacts.contact_id
    where
        stored.email_erased_until is not null
        and coalesce(known_contacts.created_at > stored.email_erased_until, true)
        and stored.row_number not in (select rows_by_contact.row_number from rows_by_contact)
),

named_rows as (
    select * from rows_by_contact
    union all
    select * from rows_by_email
    union all
    select * from rows_left_behind
)

select
    named_rows.row_number,
    named_rows.erased_until,
    named_rows.is_email_only,
    -- The device of a used row is the person's; an older version may have named someone else's
    -- device.
    case
        when not named_rows.is_email_only and stored.row_status = 'used'
            then {{ salted_hash('anonymous_id', 'stored.anonymous_id') }}
    end as device_hash
from named_rows
inner join {{ ref('int_activity_log') }} as stored on named_rows.row_number = stored.row_number
