{#
    The attributes that an evaluation relates to outcomes: a dict name -> type. Left out are names
    and ids, times of delivery, and second names of the same column.
#}
{% macro insight_attributes() %}
    {%- set left_out = [
        'email', 'additional_emails', 'email_domain', 'merged_contact_ids', 'first_name',
        'last_name', 'name', 'domain', 'created_at', 'updated_at', 'deleted_at',
    ] -%}
    {%- set types = {} -%}
    {%- for name, type in profile_attributes().items()
        if type != 'id' and name not in left_out
        and (not name.startswith('company_') or name in ['company_country', 'company_region']) -%}
        {%- do types.update({name: type}) -%}
    {%- endfor -%}
    {{ return(types) }}
{% endmacro %}

{# The columns of contact or company versions from which attributes are derived. #}
{% macro insight_columns(entity) %}
    {%- set columns = [] -%}
    {%- for name in insight_attributes() -%}
        {%- set column = insight_source(name)[entity] -%}
        {%- do columns.append(column) if column and column not in columns -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{# The columns from which an attribute is derived: a dict entity -> column. #}
{% macro insight_source(attribute) %}
    {%- if attribute in ['seniority', 'job_function', 'likely_buying_role'] -%}
        {{ return({'contact': 'job_title'}) }}
    {%- elif attribute in ['email_domain', 'is_free_email'] -%}
        {{ return({'contact': 'email'}) }}
    {%- elif attribute == 'country' -%}
        {{ return({'contact': 'country', 'company': 'country'}) }}
    {%- elif attribute in contact_columns() -%}
        {{ return({'contact': attribute}) }}
    {%- elif attribute in company_columns() -%}
        {{ return({'company': attribute}) }}
    {%- elif attribute in custom_attributes() -%}
        {%- set column = adapter.quote('custom_' ~ attribute) -%}
        {{ return({'contact': column, 'company': column}) }}
    {%- else -%}
        {{ return({'company': attribute[8:]}) }}
    {%- endif -%}
{% endmacro %}

{# The first day on which an attribute was known; expects the CTE profiles. #}
{% macro learnt_on(attribute) -%}
    {%- set source = insight_source(attribute) -%}
    {%- set days = [] -%}
    {%- for entity in ['contact', 'company'] if source[entity] -%}
        {%- do days.append('profiles.' ~ entity ~ '_learnt_' ~ insight_columns(entity).index(source[entity]) ~ '_on') -%}
    {%- endfor -%}
    {{ days[0] if days | length == 1 else 'coalesce(' ~ days | join(', ') ~ ')' }}
{%- endmacro %}

{# The day of the first version of the contact or company that has the attribute. #}
{% macro first_version_on(attribute) -%}
    profiles.{{ 'contact' if insight_source(attribute)['contact'] else 'company' }}_first_version_on
{%- endmacro %}
