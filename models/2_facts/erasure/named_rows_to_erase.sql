-- The stored activity rows that name a person who is erased now, by contact_id, else by an e-mail
-- address. A row of another known contact stays and forgets the address.
with keys_to_erase as (
    select * from {{ ref('keys_to_erase') }}
),

known_contacts as (
    select
        contact_register.contact_id,
        min(contact_register.created_at) as created_at
    from {{ ref('contact_register') }} as contact_register
    group by contact_register.contact_id
),

rows_by_contact as (
    select
        register.row_key,
        keys_to_erase.erased_until,
        false as is_email_only
    from {{ ref('activity_register') }} as register
    inner join keys_to_erase
        on {{ salted_hash('contact_id', 'register.contact_id') }} = keys_to_erase.key_hash
    where {{ erased_by('keys_to_erase', 'register.occurred_at') }}
),

rows_by_email as (
    select
        register.row_key,
        keys_to_erase.erased_until,
        coalesce(known_contacts.created_at <= keys_to_erase.erased_until, false) as is_email_only
    from {{ ref('activity_register') }} as register
    inner join keys_to_erase
        on {{ salted_hash('email', 'register.email') }} = keys_to_erase.key_hash
    left join known_contacts on register.contact_id = known_contacts.contact_id
    where
        {{ erased_by('keys_to_erase', 'register.occurred_at') }}
        and register.row_key not in (select rows_by_contact.row_key from rows_by_contact)
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
        when not named_rows.is_email_only and register.row_status = 'used'
            then {{ salted_hash('anonymous_id', 'register.anonymous_id') }}
    end as device_hash
from named_rows
inner join {{ ref('activity_register') }} as register on named_rows.row_key = register.row_key
