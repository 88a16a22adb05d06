{#
    Input rows of a unit test for an ephemeral model: dbt looks up column types in the database,
    where ephemeral models do not exist. A column that a row lacks is null. types: a dict column ->
    type
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

{# Input rows for int_activities_unioned. #}
{% macro delivered_fixture_rows(rows) %}
    {{ fixture_rows(delivered_column_types(), rows) }}
{% endmacro %}
