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
    {{ time }} as delivered_at,
    rejected_because,
    raw_row
from {{ ref('stg_' ~ table) }}

union all
{% endfor %}
select
    'erasure_requests' as source_table,
    concat(coalesce(contact_id, ''), ' ', coalesce(email, ''), ' ', cast(requested_at as varchar)) as row_id,
    requested_at as delivered_at,
    rejected_because,
    raw_row
from {{ ref('stg_erasure_requests') }}
