{#
    Rows that a unit test gives for an ephemeral model: dbt asks the database for the types of the
    columns of others, and ephemeral ones are not there.
    types: each column of the model that is read, and its type; a column that a row lacks is null.
#}
{% macro fixture_rows(types, rows) %}
    {%- for row in rows or [{}] %}
select
        {%- for name, type in types.items() %}
        {%- set value = row.get(name) %}
    cast({{ 'null' if value is none else dbt.string_literal(value) if value is string else value }} as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- endfor %}
    {%- if not rows %}
from (select 1 as one_row) as nobody
where nobody.one_row = 0
    {%- endif %}
{% endmacro %}

{# The same for delivered_activities. #}
{% macro delivered_fixture_rows(rows) %}
    {%- set types = activity_column_types() -%}
    {%- for name in delivered_activity_columns() + ['loaded_at'] if name not in types -%}
        {%- do types.update({name: dbt.type_string()}) -%}
    {%- endfor -%}
    {%- do types.update({
        'loaded_on': 'date', 'loaded_at': 'timestamp', 'erased_until': 'timestamp',
        'email_erased_until': 'timestamp',
    }) -%}
    {%- for name in ['reading_rules_key', 'occurred_on', 'percent_floor'] -%}
        {%- do types.pop(name) -%}
    {%- endfor -%}
    {{ fixture_rows(types, rows) }}
{% endmacro %}
