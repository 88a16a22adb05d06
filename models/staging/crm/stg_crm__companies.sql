{{ config(materialized='ephemeral') }}

{% set raw = raw_table('raw_crm', 'companies') %}

with raw_rows as (
    select
        {{- cells(raw) }}
    from {{ raw.relation }}
),

reading_rules as (
    select * from {{ ref('config_reading_rules') }}
),

companies as{{ computed_once() }} (
    select
        {{ read_id(raw, 'company_id') }} as company_id,
        {{ read_id(raw, 'parent_company_id') }} as parent_company_id,
        {{ read_known_text(raw, 'name') }} as name,
        {{ normalise_domain(read_known_text(raw, 'domain')) }} as domain,
        {{ read_known_text(raw, 'industry') }} as industry,
        {{ read_number(raw, 'employee_count') }} as employee_count,
        {{ read_number(raw, 'annual_revenue') }} as annual_revenue,
        {{ read_known_text(raw, 'country') }} as country,
        {{ read_known_text(raw, 'region') }} as region,
        {{ read_number(raw, 'plant_count') }} as plant_count,
        {{ read_known_text(raw, 'technologies') }} as technologies,
        {{ read_known_text(raw, 'credit_rating') }} as credit_rating,
        {{ read_date(raw, 'contract_renewal_on') }} as contract_renewal_on,
        {{ read_date(raw, 'customer_since') }} as customer_since,
        {{ read_date(raw, 'customer_until') }} as customer_until,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        {%- for name in custom_attributes() %}
        {{ read_known_text(raw, name) }} as {{ adapter.quote('custom_' ~ name) }},
        {%- endfor %}
        {{ bare_columns(raw) }}
    from raw_rows
    cross join reading_rules
),

validated as (
    select
        companies.*,
        case
            when companies.company_id is null then 'company_id is missing'
            when companies.updated_at is null then 'updated_at is missing or unreadable'
        end as rejection_reason,
        {{ unreadable_cells(raw, 'companies', [
            'employee_count', 'annual_revenue', 'plant_count', 'contract_renewal_on',
            'customer_since', 'customer_until', 'loaded_at',
        ]) }} as unreadable_cells
    from companies
    cross join reading_rules
)

select
    validated.company_id,
    validated.updated_at,
    validated.loaded_at,
    {{ prefixed('validated', version_columns('company')) | join(',\n    ') }},
    validated.rejection_reason,
    validated.unreadable_cells,
    case when validated.rejection_reason is not null then {{ row_as_json(raw, 'validated') }} end
        as raw_row
from validated
