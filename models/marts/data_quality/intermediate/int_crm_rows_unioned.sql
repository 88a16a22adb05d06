{{ config(materialized='ephemeral') }}

-- Every delivered row of the CRM tables other than activities, valid or rejected, in one shape.
{% for table, key in [('contacts', 'contact_id'), ('deals', 'deal_id')] %}
select
    '{{ table }}' as source_table,
    {{ key }} as row_id,
    {{ key }} as used_key,
    coalesce(loaded_at, updated_at) as delivered_at,
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
    coalesce(loaded_at, updated_at) as delivered_at,
    rejection_reason,
    raw_row,
    false as is_erased
from {{ ref('stg_crm__companies') }}

union all

select
    source_table,
    contact_id || ' ' || linked_id as row_id,
    cast({{ hash_key(['contact_id', 'linked_id']) }} as {{ dbt.type_string() }}) as used_key,
    updated_at as delivered_at,
    rejection_reason,
    raw_row,
    erased_until is not null as is_erased
from {{ ref('int_contact_links') }}

union all

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
