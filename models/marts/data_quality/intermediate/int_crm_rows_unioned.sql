-- depends_on: {{ ref('int_erasures') }}
-- Every delivered row of the CRM tables other than activities, valid or rejected, in one shape.
-- Three marts count these rows; staging reads them for all three once.
{% set keys = {'contacts': 'contact_id', 'companies': 'company_id', 'deals': 'deal_id'} %}
{% for table, key in keys.items() %}
select
    '{{ table }}' as source_table,
    {{ key }} as row_id,
    {{ key }} as used_key,
    coalesce(loaded_at, updated_at) as delivered_at,
    rejection_reason,
    raw_row,
    {{ 'false' if table == 'companies' else 'erased_until is not null' }} as is_erased,
    unreadable_cells,
    {{ 'cast(null as ' ~ dbt.type_string() ~ ')' if table == 'deals' else 'country' }} as country
from {{ ref('stg_crm__' ~ table) }}

union all
{% endfor %}
select
    source_table,
    contact_id || ' ' || linked_id as row_id,
    cast({{ hash_key(['contact_id', 'linked_id']) }} as {{ dbt.type_string() }}) as used_key,
    updated_at as delivered_at,
    rejection_reason,
    raw_row,
    erased_until is not null as is_erased,
    cast(null as {{ dbt.type_string() }}) as unreadable_cells,
    cast(null as {{ dbt.type_string() }}) as country
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
    erased_until is not null as is_erased,
    unreadable_cells,
    cast(null as {{ dbt.type_string() }}) as country
from {{ ref('stg_crm__erasure_requests') }}
