{{ config(materialized='ephemeral') }}

-- Every delivered row of the CRM tables other than activities, valid or rejected, in one shape.
{% for table, key in [('contacts', 'contact_id'), ('deals', 'deal_id')] %}
select
    '{{ table }}' as source_table,
    {{ key }} as row_id,
    {{ key }} as used_key,
    updated_at as delivered_at,
    rejection_reason,
    raw_row,
    erased_until is not null as is_erased
from {{ ref('stg_crm__' ~ table) }}

union all
{% endfor %}
select
    'companies' as source_table,
    company_id as row_id,
    company_id as used_key,
    updated_at as delivered_at,
    rejection_reason,
    raw_row,
    false as is_erased
from {{ ref('stg_crm__companies') }}

union all

{% for table, first, second in [
    ('deal_contacts', 'deal_id', 'contact_id'), ('contact_companies', 'contact_id', 'company_id')
] %}
select
    '{{ table }}' as source_table,
    {{ first }} || ' ' || {{ second }} as row_id,
    cast({{ hash_key([first, second]) }} as {{ dbt.type_string() }}) as used_key,
    updated_at as delivered_at,
    rejection_reason,
    raw_row,
    erased_until is not null as is_erased
from {{ ref('stg_crm__' ~ table) }}

union all
{% endfor %}
select
    'erasure_requests' as source_table,
    coalesce(contact_id, email) as row_id,
    concat(
        coalesce(contact_hash, ''), ' ', coalesce(email_hash, ''), ' ',
        coalesce(cast(requested_at as {{ dbt.type_string() }}), '')
    ) as used_key,
    requested_at as delivered_at,
    rejection_reason,
    raw_row,
    erased_until is not null as is_erased
from {{ ref('stg_crm__erasure_requests') }}
