{# All attributes of int_lead_profiles: a dict name -> type. #}
{% macro profile_attributes() %}
    {%- set types = {} -%}
    {%- for name, type in contact_columns().items() -%}
        {%- do types.update({name: 'id' if name.endswith('_id') else type}) -%}
    {%- endfor -%}
    {%- for name, type in company_columns().items() -%}
        {%- set type = 'id' if name.endswith('_id') else type -%}
        {%- do types.update({name: type}) if name not in types -%}
        {%- do types.update({'company_' ~ name: type}) -%}
    {%- endfor -%}
    {%- for name in derived_attributes() -%}
        {%- do types.update({name: 'boolean' if name == 'is_free_email' else 'text'}) -%}
    {%- endfor -%}
    {%- for name in custom_attributes() -%}
        {%- do types.update({name: 'text'}) if name not in types -%}
        {%- do types.update({'company_' ~ name: 'text'}) if 'company_' ~ name not in types -%}
    {%- endfor -%}
    {{ return(types) }}
{% endmacro %}

{# Attributes derived from other columns. #}
{% macro derived_attributes() %}
    {{ return(['seniority', 'job_function', 'likely_buying_role', 'email_domain', 'is_free_email']) }}
{% endmacro %}

{# Extra columns of contacts and companies, from the var, in lower case. #}
{% macro custom_attributes() %}
    {{ return(names_of_var('custom_attributes')) }}
{% endmacro %}

{# All attributes that fit_criteria.csv may use. #}
{% macro attribute_names() %}
    {{ return((profile_attributes().keys() | list) + (sql_attributes() | list)) }}
{% endmacro %}

{# The column of int_lead_profiles with an attribute. #}
{% macro profile_column(attribute) -%}
    {%- set known = contact_columns().keys() | list + derived_attributes() -%}
    {%- for name in company_columns().keys() -%}
        {%- do known.extend([name, 'company_' ~ name]) -%}
    {%- endfor -%}
    {%- if attribute in known -%}
        {{ return(attribute) }}
    {%- elif attribute in custom_attributes() -%}
        {{ return(adapter.quote('custom_' ~ attribute)) }}
    {%- else -%}
        {{ return(adapter.quote('company_custom_' ~ attribute[8:])) }}
    {%- endif -%}
{%- endmacro %}

{# An attribute as text, for reasons and comparisons. #}
{% macro attribute_as_text(expression, type) -%}
    {%- if type == 'number' -%}
        {{ number_as_text(expression) }}
    {%- elif type == 'boolean' -%}
        case when {{ expression }} then 'true' when not {{ expression }} then 'false' end
    {%- elif type in ['date', 'timestamp'] -%}
        cast({{ expression }} as {{ dbt.type_string() }})
    {%- else -%}
        {{ expression }}
    {%- endif -%}
{%- endmacro %}
