{# Free-text columns of raw_crm.contacts. #}
{% macro contact_text_columns() %}
    {{ return(['first_name', 'last_name', 'job_title', 'department', 'company_id', 'country',
               'region', 'lead_source', 'origin', 'lifecycle_stage', 'owner_id', 'tags',
               'buying_role', 'need', 'solution_considered', 'merged_into_contact_id',
               'merged_contact_ids']) }}
{% endmacro %}

{# Every column of raw_crm.contacts that is an attribute, with the type it is read as. #}
{% macro contact_columns() %}
    {%- set columns = {'contact_id': 'text', 'email': 'text', 'additional_emails': 'text'} -%}
    {%- for name in contact_text_columns() -%}{%- do columns.update({name: 'text'}) -%}{%- endfor -%}
    {%- do columns.update({
        'budget_amount': 'number', 'budget_confirmed': 'boolean',
        'technical_requirements_ready': 'boolean', 'project_start_on': 'date',
        'created_at': 'timestamp', 'updated_at': 'timestamp', 'unsubscribed_at': 'timestamp',
        'deleted_at': 'timestamp',
    }) -%}
    {{ return(columns) }}
{% endmacro %}

{# The columns of a contact that its staging model shows, except for erased people. #}
{% macro shown_contact_columns() %}
    {%- set names = [] -%}
    {%- for name in contact_columns()
        if name not in ['email', 'additional_emails', 'merged_into_contact_id', 'merged_contact_ids',
                        'created_at', 'updated_at', 'deleted_at'] -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {%- for name in custom_attributes() -%}
        {%- do names.append(adapter.quote('custom_' ~ name)) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{# Every column of raw_crm.companies that is an attribute, with the type it is read as. #}
{% macro company_columns() %}
    {{ return({
        'company_id': 'text', 'name': 'text', 'domain': 'text', 'industry': 'text',
        'employee_count': 'number', 'annual_revenue': 'number', 'country': 'text',
        'region': 'text', 'plant_count': 'number', 'technologies': 'text',
        'credit_rating': 'text', 'contract_renewal_on': 'date', 'customer_since': 'date',
        'customer_until': 'date', 'updated_at': 'timestamp',
    }) }}
{% endmacro %}
