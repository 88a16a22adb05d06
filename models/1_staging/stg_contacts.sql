{% set raw = raw_table('raw_crm', 'contacts') %}

with raw_rows as (
    select * from {{ raw.relation }}
),

placeholders as (
    select * from {{ ref('placeholder_list') }}
),

contacts as (
    select
        {{ read_known_text(raw, 'contact_id') }} as contact_id,
        {{ read_email(raw, 'email') }} as email,
        {%- for name in contact_text_columns() %}
        {{ read_known_text(raw, name) }} as {{ name }},
        {%- endfor %}
        {{ read_number(raw, 'budget_amount') }} as budget_amount,
        {{ read_boolean(raw, 'budget_confirmed') }} as budget_confirmed,
        {{ read_boolean(raw, 'technical_requirements_ready') }} as technical_requirements_ready,
        {{ read_date(raw, 'project_start_on') }} as project_start_on,
        {{ read_timestamp(raw, 'created_at') }} as created_at,
        {{ read_timestamp(raw, 'updated_at') }} as updated_at,
        {{ read_timestamp(raw, 'unsubscribed_at') }} as unsubscribed_at,
        {{ read_timestamp(raw, 'deleted_at') }} as deleted_at,
        {%- for name in custom_attributes() %}
        {{ read_known_text(raw, name) }} as {{ adapter.quote('custom_' ~ name) }},
        {%- endfor %}
        {{ row_as_json(raw) }} as raw_row
    from raw_rows
    cross join placeholders
)

select
    *,
    case
        when contact_id is null then 'contact_id is missing'
        when created_at is null then 'created_at is missing or unreadable'
        when updated_at is null then 'updated_at is missing or unreadable'
    end as rejected_because
from contacts
