{# The closed lists of words, in one place: staging rejects by them, configuration is checked by them. #}

{# What can happen, per source; none where any name is welcome. #}
{% macro event_names(source_name) %}
    {{ return({
        'email': ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'complained'],
        'social': ['page_visited', 'followed', 'commented', 'shared', 'connected', 'replied'],
        'sales': ['call', 'email', 'meeting', 'linkedin_message', 'voicemail'],
    }.get(source_name)) }}
{% endmacro %}

{# What sales activities are: their directions and outcomes. #}
{% macro sales_words(column) %}
    {{ return({
        'direction': ['inbound', 'outbound'],
        'outcome': ['no_answer', 'connected', 'meeting_booked', 'held', 'cancelled'],
    }[column]) }}
{% endmacro %}

{# The conditions of activities.csv that a raw row of a source can meet. #}
{% macro activity_conditions(source_name) %}
    {{ return({
        'web': ['event_name', 'page_path', 'content_id', 'form_id', 'utm_source', 'utm_medium',
                'utm_campaign', 'product', 'min_percent_complete'],
        'email': ['event_name', 'campaign_id', 'link_url'],
        'social': ['event_name', 'network'],
        'product': ['event_name', 'feature', 'product'],
        'sales': ['event_name', 'direction', 'outcome'],
    }[source_name]) }}
{% endmacro %}

{# The text columns that make a kind of event, min_percent_complete apart. #}
{% macro kind_columns() %}
    {{ return(['event_name', 'page_path', 'content_id', 'form_id', 'utm_source', 'utm_medium',
               'utm_campaign', 'campaign_id', 'network', 'link_url', 'feature', 'product',
               'direction', 'outcome']) }}
{% endmacro %}

{# The raw column that rule amount may sum, per source. #}
{% macro quantity_columns(source_name) %}
    {{ return({
        'web': ['duration_seconds', 'percent_complete'],
        'product': ['quantity'],
    }.get(source_name, [])) }}
{% endmacro %}

{# Free-text columns of raw_crm.contacts. #}
{% macro contact_text_columns() %}
    {{ return(['first_name', 'last_name', 'job_title', 'department', 'company_id', 'country',
               'region', 'lead_source', 'origin', 'lifecycle_stage', 'owner_id', 'tags',
               'buying_role', 'need', 'solution_considered', 'merged_into_contact_id']) }}
{% endmacro %}

{# Every column of raw_crm.contacts that is an attribute, with the type it is read as. #}
{% macro contact_columns() %}
    {%- set columns = {'contact_id': 'text', 'email': 'text'} -%}
    {%- for name in contact_text_columns() -%}{%- do columns.update({name: 'text'}) -%}{%- endfor -%}
    {%- do columns.update({
        'budget_amount': 'number', 'budget_confirmed': 'boolean',
        'technical_requirements_ready': 'boolean', 'project_start_on': 'date',
        'created_at': 'timestamp', 'updated_at': 'timestamp', 'unsubscribed_at': 'timestamp',
        'deleted_at': 'timestamp',
    }) -%}
    {{ return(columns) }}
{% endmacro %}

{# Every column of raw_crm.companies that is an attribute, with the type it is read as. #}
{% macro company_columns() %}
    {{ return({
        'company_id': 'text', 'name': 'text', 'domain': 'text', 'industry': 'text',
        'employee_count': 'number', 'annual_revenue': 'number', 'country': 'text',
        'region': 'text', 'plant_count': 'number', 'technologies': 'text',
        'credit_rating': 'text', 'contract_renewal_on': 'date', 'customer_since': 'date',
        'updated_at': 'timestamp',
    }) }}
{% endmacro %}

{# Attributes made from other columns. #}
{% macro derived_attributes() %}
    {{ return(['seniority', 'job_function', 'likely_buying_role', 'email_domain', 'is_free_email']) }}
{% endmacro %}

{# Every attribute that fit_criteria.csv may name. #}
{% macro attribute_names() %}
    {%- set names = (contact_columns().keys() | list) + derived_attributes() -%}
    {%- for name in company_columns().keys() | list + custom_attributes() -%}
        {%- do names.append(name) if name not in names -%}
        {%- do names.append('company_' ~ name) if 'company_' ~ name not in names -%}
    {%- endfor -%}
    {{ return(names + (var('sql_attributes') | list)) }}
{% endmacro %}

{# A list of words as SQL text literals: 'a', 'b'. #}
{% macro as_literals(words) -%}
    {%- set literals = [] -%}
    {%- for word in words -%}{%- do literals.append("'" ~ word | replace("'", "''") ~ "'") -%}{%- endfor -%}
    {{ literals | join(', ') or "''" }}
{%- endmacro %}

{# Whether the intent of a name in the var sql_activities is positive; an error for other words. #}
{% macro is_positive_intent(name, intent) -%}
    {%- if intent not in ['positive', 'negative', 'neutral'] -%}
        {{ exceptions.raise_compiler_error(
            "dbt_project.yml, var sql_activities, " ~ name ~ ": intent " ~ intent
            ~ " is not known; write positive, negative or neutral."
        ) }}
    {%- endif -%}
    {{ return('true' if intent == 'positive' else 'false') }}
{%- endmacro %}
