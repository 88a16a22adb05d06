{# The columns of raw_rows for row_as_json and, as cell_<n>, for unreadable_cells. #}
{% macro bare_columns(raw) -%}
    {%- for column in raw.columns.values() -%}
    raw_rows.raw_{{ loop.index }},
        raw_rows.{{ quoted(column.name) }} as cell_{{ loop.index }}{{ ',\n        ' if not loop.last }}
    {%- else -%}
    raw_rows.raw_1
    {%- endfor -%}
{%- endmacro %}

{# A raw row as a JSON object of texts; the CTE has its bare_columns. #}
{% macro row_as_json(raw, cte) -%}
    {%- if raw.columns -%}
        {%- set values = {} -%}
        {%- for name in raw.columns -%}
            {%- do values.update({name: 'cast(' ~ cte ~ '.raw_' ~ loop.index ~ ' as ' ~ dbt.type_string() ~ ')'}) -%}
        {%- endfor -%}
        {{ adapter.dispatch('json_object_of', 'lead_scoring')(values) | trim }}
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# A JSON object from a dict key -> SQL of a text. #}
{% macro duckdb__json_object_of(values) -%}
    cast(json_object(
                {%- for key, value in values.items() %}
                {{ text_literal(key) }}, {{ value }}{{ ',' if not loop.last }}
                {%- endfor %}
            ) as varchar)
{%- endmacro %}

{% macro postgres__json_object_of(values) -%}
    cast((
                select row_to_json(raw_columns)
                from (
                    select
                        {%- for key, value in values.items() %}
                        {{ value }} as {{ quoted(key) }}{{ ',' if not loop.last }}
                        {%- endfor %}
                ) as raw_columns
            ) as text)
{%- endmacro %}

{% macro spark__json_object_of(values) -%}
    to_json(named_struct(
                {%- for key, value in values.items() %}
                {{ text_literal(key) }}, {{ value }}{{ ',' if not loop.last }}
                {%- endfor %}
            ), map('ignoreNullFields', 'false'))
{%- endmacro %}

{% macro snowflake__json_object_of(values) -%}
    to_json(object_construct_keep_null(
                {%- for key, value in values.items() %}
                {{ text_literal(key) }}, {{ value }}{{ ',' if not loop.last }}
                {%- endfor %}
            ))
{%- endmacro %}

{% macro bigquery__json_object_of(values) -%}
    to_json_string(struct(
                {%- for key, value in values.items() %}
                {{ value }} as {{ quoted(key) }}{{ ',' if not loop.last }}
                {%- endfor %}
            ))
{%- endmacro %}
