{#
    Before a run: adds missing columns to the stored versions of CRM rows and to the activity log,
    for new custom attributes or after an upgrade of the project. A log that cannot be completed is
    dropped with its daily counts: the run rebuilds it from the raw tables.
#}
{% macro complete_stored_tables() %}
    {%- if execute and flags.WHICH in ['build', 'run'] -%}
        {%- for entity in ['contact', 'company', 'deal'] -%}
            {%- set stored = private_relation('stg_crm__' ~ entity ~ '_versions') -%}
            {%- if stored is not none and stored.is_table -%}
                {%- set missing = missing_version_columns(stored, entity) -%}
                {%- do alter_relation_add_remove_columns(stored, missing, []) if missing -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set log = private_relation('int_activity_log') -%}
        {%- if log is not none and not has_column(log, 'unreadable_cells') -%}
            {%- for name in [
                'int_automated_signs', 'fct_activity_daily', 'dim_identities', 'dim_event_types', 'int_activity_log',
            ] -%}
                {%- set stored = private_relation(name) -%}
                {%- do adapter.drop_relation(stored) if stored is not none -%}
            {%- endfor -%}
        {%- elif log is not none and not has_column(log, 'ip_address') -%}
            {%- do alter_relation_add_remove_columns(
                log, [api.Column('ip_address', dbt.type_string())], []
            ) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# The columns of an entity's versions that a stored table lacks, as dbt's columns. #}
{% macro missing_version_columns(stored, entity) %}
    {%- set present = [] -%}
    {%- for column in columns_of_model(stored) -%}{%- do present.append(column.name | lower) -%}{%- endfor -%}
    {%- set types = {'loaded_at': 'timestamp'} -%}
    {%- do types.update(contact_columns() if entity == 'contact' else {}) -%}
    {%- do types.update(company_columns(), parent_company_id='text') if entity == 'company' -%}
    {%- for name in custom_attributes() if entity != 'deal' -%}
        {%- do types.update({'custom_' ~ name: 'text'}) -%}
    {%- endfor -%}
    {%- set missing = [] -%}
    {%- for name, type in types.items() if name not in present -%}
        {%- set data_type = {'number': 'decimal(28, 9)', 'boolean': 'boolean', 'date': 'date',
            'timestamp': api.Column.translate_type('timestamp')}.get(type, dbt.type_string()) -%}
        {%- do missing.append(api.Column(name, data_type)) -%}
    {%- endfor -%}
    {{ return(missing) }}
{% endmacro %}
