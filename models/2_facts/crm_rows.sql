{{ config(materialized='view') }}

-- Every delivered row of the CRM tables that have versions, good or bad, in one shape.
{% for table, key, time in [
    ('contacts', 'contact_id', 'updated_at'),
    ('companies', 'company_id', 'updated_at'),
    ('deals', 'deal_id', 'updated_at'),
] %}
select
    '{{ table }}' as source_table,
    {{ key }} as row_id,
    {{ key }} as used_key,
    {{ time }} as delivered_at,
    rejected_because,
    raw_row
from {{ ref('stg_' ~ table) }}

union all
{% endfor %}
select
    'erasure_requests' as source_table,
    coalesce(contact_id, email) as row_id,
    concat(coalesce(contact_id, ''), ' ', coalesce(email, ''), ' ', cast(requested_at as varchar))
        as used_key,
    requested_at as delivered_at,
    rejected_because,
    raw_row
from {{ ref('stg_erasure_requests') }}
