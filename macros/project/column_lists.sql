{# The columns of activity_rows that a row keeps for good, read from the named CTE. #}
{% macro activity_row_columns(cte) %}
    {{- prefixed(cte, [
        'row_key', 'event_key', 'source_table', 'event_id', 'loaded_on', 'loaded_at',
        'reading_rules_key', 'rejected_because', 'row_count', 'occurred_at', 'occurred_on',
        'identity_key', 'contact_id', 'email', 'anonymous_id', 'is_automated', 'session_id',
        'kind_key', 'source',
    ] + kind_columns() + ['percent_floor', 'duration_seconds', 'percent_complete', 'quantity'])
        | join(',\n        ') -}}
{% endmacro %}

{# Column names with the name of their CTE before them. #}
{% macro prefixed(cte, names) %}
    {%- set result = [] -%}
    {%- for name in names -%}{%- do result.append(cte ~ '.' ~ name) -%}{%- endfor -%}
    {{ return(result) }}
{% endmacro %}

{# The columns of a CRM table that its versions keep, key and updated_at apart. #}
{% macro version_columns(entity) %}
    {%- set columns = {
        'contact': contact_columns().keys() | list,
        'company': company_columns().keys() | list,
        'deal': ['contact_id', 'company_id', 'deal_type', 'product', 'stage', 'amount',
                 'created_at', 'closed_at', 'is_won'],
    }[entity] -%}
    {%- set kept = [] -%}
    {%- for name in columns if name not in [entity ~ '_id', 'updated_at'] -%}
        {%- do kept.append(name) -%}
    {%- endfor -%}
    {%- if entity in ['contact', 'company'] -%}
        {%- for name in custom_attributes() -%}
            {%- do kept.append(adapter.quote('custom_' ~ name)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(kept) }}
{% endmacro %}
