{# Columns that an activity gets from its raw table, with their types. #}
{% macro activity_column_types() %}
    {%- set types = {} -%}
    {%- for name in ['contact_id', 'anonymous_id', 'session_id'] + event_columns() + [
        'user_agent', 'ip_address', 'unreadable_cells',
    ] -%}
        {%- do types.update({name: dbt.type_string()}) -%}
    {%- endfor -%}
    {%- for name in ['duration_seconds', 'percent_complete', 'quantity'] -%}
        {%- do types.update({name: 'decimal(28, 9)'}) -%}
    {%- endfor -%}
    {%- do types.update({'occurred_at': 'timestamp'}) -%}
    {{ return(types) }}
{% endmacro %}

{# Columns of int_activities_unioned with their types, for unit tests. #}
{% macro delivered_column_types() %}
    {%- set types = {} -%}
    {%- for name in [
        'source_table', 'source', 'event_id', 'rejection_reason', 'email', 'device_hash', 'raw_row',
    ] -%}
        {%- do types.update({name: dbt.type_string()}) -%}
    {%- endfor -%}
    {%- do types.update(activity_column_types()) -%}
    {%- for name in ['loaded_at', 'bare_loaded_at', 'erased_until', 'email_erased_until'] -%}
        {%- do types.update({name: 'timestamp'}) -%}
    {%- endfor -%}
    {%- do types.update({'loaded_on': 'date', 'occurred_on': 'date', 'percent_floor': 'integer'}) -%}
    {{ return(types) }}
{% endmacro %}

{# Columns of int_activity_log that describe a raw row and its delivery. #}
{% macro activity_row_columns() %}
    {{ return([
        'source_table', 'source', 'event_id', 'loaded_on', 'loaded_at', 'reading_rules_key',
        'rejection_reason', 'occurred_at', 'occurred_on', 'contact_id', 'email', 'anonymous_id',
        'is_automated', 'session_id',
    ] + event_columns() + [
        'percent_floor', 'duration_seconds', 'percent_complete', 'quantity', 'ip_address', 'erased_until',
        'device_hash', 'email_erased_until', 'unreadable_cells', 'raw_row',
    ]) }}
{% endmacro %}

{# The same without is_automated, which is looked up once per user agent. #}
{% macro delivered_activity_columns() %}
    {{ return(activity_row_columns() | reject('equalto', 'is_automated') | list) }}
{% endmacro %}

{# Columns that describe the event, without those of its delivery. #}
{% macro activity_content_columns() %}
    {{ return(
        ['occurred_at'] + identity_columns() + ['session_id'] + event_columns()
        + ['duration_seconds', 'percent_complete', 'quantity', 'ip_address']
    ) }}
{% endmacro %}

{% macro activity_version_columns() %}
    {{ return(activity_row_columns() + ['row_count', 'row_status']) }}
{% endmacro %}

{% macro stored_activity_columns() %}
    {{ return(activity_version_columns() + ['row_checksum', 'row_number', 'run_number']) }}
{% endmacro %}

{% macro identity_columns() %}
    {{ return(['contact_id', 'email', 'anonymous_id', 'is_automated']) }}
{% endmacro %}

{% macro event_type_columns() %}
    {{ return(['source'] + event_columns() + ['percent_floor']) }}
{% endmacro %}

{#
    Whether two CTEs have equal values in the columns; nulls are equal. Not `is not distinct from`,
    because not every engine can hash it. The stand-ins for null never occur: staging reads empty
    text as null, and no percentage is below -1.
#}
{% macro are_equal(first, second, columns) -%}
    {%- for name in columns -%}
        {%- if name in ['source', 'is_automated'] -%}
            {{ first }}.{{ name }} = {{ second }}.{{ name }}
        {%- else -%}
            {%- set missing = '-2' if name == 'percent_floor' else "''" -%}
            coalesce({{ first }}.{{ name }}, {{ missing }}) = coalesce({{ second }}.{{ name }}, {{ missing }})
        {%- endif -%}
        {{ '\n        and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
