{% set raw = raw_table('raw_crm', 'erasure_requests') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

erasure_requests as{{ computed_once() }} (
    select
        {{ read_id(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        {{ read_timestamp(raw, 'requested_at') }} as requested_at,
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        erasure_requests.*,
        {{ salted_hash('contact_id', 'erasure_requests.contact_id') }} as contact_hash,
        {{ salted_hash('email', 'erasure_requests.email') }} as email_hash,
        case
            when erasure_requests.requested_at is null then 'requested_at is missing or unreadable'
            when erasure_requests.contact_id is null and erasure_requests.email is null
                then 'no contact_id and no email'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'erasure_requests', ['email']) }} as unreadable_cells
    from erasure_requests
    cross join reading_rules
),

-- An unreadable request may name a person whom another request erased.
matched as{{ computed_once() }} (
    select
        validated.*,
        case
            when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }}
        end as raw_row,
        case
            when validated.rejection_reason is not null
                then coalesce(erased_contacts.erased_until, erased_emails.erased_until)
        end as erased_until,
        validated.rejection_reason is not null
        and coalesce(erased_contacts.erased_until, erased_emails.erased_until) is null as is_shown
    from validated
    left join {{ ref('stg_erasure__erased_keys') }} as erased_contacts
        on validated.contact_hash = erased_contacts.key_hash
    left join {{ ref('stg_erasure__erased_keys') }} as erased_emails
        on validated.email_hash = erased_emails.key_hash
)

-- A valid request identifies the person by hashes only.
select
    matched.contact_hash,
    matched.email_hash,
    matched.requested_at,
    matched.rejection_reason,
    matched.erased_until,
    matched.unreadable_cells,
    case when matched.is_shown then matched.contact_id end as contact_id,
    case when matched.is_shown then matched.email end as email,
    case when matched.is_shown then matched.raw_row end as raw_row
from matched
