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

{# The same for int_activities_unioned. #}
{% macro delivered_fixture_rows(rows) %}
    {%- set types = delivered_column_types() -%}
    {%- do types.update({'loaded_on': 'date'}) -%}
    {{ fixture_rows(types, rows) }}
{% endmacro %}
