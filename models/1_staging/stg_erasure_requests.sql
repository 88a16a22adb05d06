{% set raw = raw_table('raw_crm', 'erasure_requests') %}

with raw_rows as (
    select * from {{ raw.relation }}
),

placeholders as (
    select * from {{ ref('placeholder_list') }}
),

erasure_requests as (
    select
        {{ read_known_text(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        {{ read_timestamp(raw, 'requested_at') }} as requested_at,
        {{ row_as_json(raw) }} as raw_row
    from raw_rows
    cross join placeholders
)

select
    *,
    case
        when requested_at is null then 'requested_at is missing or unreadable'
        when contact_id is null and email is null then 'no contact_id and no email'
    end as rejected_because
from erasure_requests
