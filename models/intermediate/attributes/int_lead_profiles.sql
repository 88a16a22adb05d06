{#- On DuckDB, writing such a wide table takes longer than repeating the join; Spark would repeat
    the join for each attribute. -#}
{{ config(materialized='view' if target.type == 'duckdb' else 'table') }}
{% set raw_contacts = raw_table('raw_crm', 'contacts') %}
-- All attributes of each lead, one per column, as of each as-of day.
with leads as (
    select * from {{ ref('dim_leads') }}
),

contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

companies as (
    select * from {{ ref('int_companies_as_of') }}
),

country_names as (
    select * from {{ ref('config_country_names') }}
),

job_titles as (
    select * from {{ ref('int_job_titles') }}
),

free_mail_domains as (
    select * from {{ ref('config_free_mail_domains') }}
),

profiles as (
    select
        leads.as_of,
        leads.lead_id,
        leads.lead_number,
        {%- for name in contact_columns() if name not in ['country', 'unsubscribed_at'] %}
        contacts.{{ name }},
        {%- endfor %}
        case
            when {{ local_date('contacts.unsubscribed_at') }} <= leads.as_of
                then contacts.unsubscribed_at
        end as unsubscribed_at,
        coalesce(contact_countries.country_code, company_countries.country_code) as country,
        {%- for name in company_columns() %}
        {%- if name not in contact_columns() %}
        companies.{{ name }},
        {%- endif %}
        {%- if name == 'country' %}
        company_countries.country_code as company_country,
        {%- else %}
        companies.{{ name }} as company_{{ name }},
        {%- endif %}
        {%- endfor %}
        {%- for name in custom_attributes() %}
        {%- set column = adapter.quote('custom_' ~ name) %}
        {{ 'contacts' if name in raw_contacts.columns else 'companies' }}.{{ column }},
        companies.{{ column }} as {{ adapter.quote('company_custom_' ~ name) }},
        {%- endfor %}
        job_titles.seniority,
        job_titles.job_function,
        job_titles.likely_buying_role,
        case
            when {{ dbt.position("'@'", 'contacts.email') }} > 0
                then nullif({{ replace_matches('contacts.email', '^.*@', '') }}, '')
        end as email_domain
    from leads
    inner join contacts
        on
            leads.as_of = contacts.as_of
            and leads.lead_id = contacts.contact_id
    left join companies
        on
            contacts.as_of = companies.as_of
            and contacts.company_id = companies.company_id
    left join country_names as contact_countries
        on lower(contacts.country) = contact_countries.country_name
    left join country_names as company_countries
        on lower(companies.country) = company_countries.country_name
    left join job_titles on contacts.job_title = job_titles.job_title
)

select
    profiles.*,
    case
        when profiles.email_domain is not null
            then profiles.email_domain in (
                select free_mail_domains.email_domain from free_mail_domains
            )
    end as is_free_email
from profiles
