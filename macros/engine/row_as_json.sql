{# A raw row as a JSON object of text values, keys in the order of the table. #}
{% macro row_as_json(raw) -%}
    {%- if raw.columns -%}
        {{ adapter.dispatch('columns_as_json', 'lead_scoring')(raw) | trim }}
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__columns_as_json(raw) -%}
    cast(json_object(
        {%- for name, column in raw.columns.items() %}
        {{ text_literal(name) }}, cast({{ quoted(column.name) }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ) as varchar)
{%- endmacro %}

{% macro postgres__columns_as_json(raw) -%}
    cast((
        select row_to_json(raw_columns)
        from (
            select
                {%- for name, column in raw.columns.items() %}
                cast({{ quoted(column.name) }} as text) as {{ quoted(name) }}{{ ',' if not loop.last }}
                {%- endfor %}
        ) as raw_columns
    ) as text)
{%- endmacro %}

{% macro spark__columns_as_json(raw) -%}
    to_json(named_struct(
        {%- for name, column in raw.columns.items() %}
        {{ text_literal(name) }}, cast({{ quoted(column.name) }} as string){{ ',' if not loop.last }}
        {%- endfor %}
    ), map('ignoreNullFields', 'false'))
{%- endmacro %}

{% macro snowflake__columns_as_json(raw) -%}
    to_json(object_construct_keep_null(
        {%- for name, column in raw.columns.items() %}
        {{ text_literal(name) }}, cast({{ quoted(column.name) }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}

{% macro bigquery__columns_as_json(raw) -%}
    to_json_string(struct(
        {%- for name, column in raw.columns.items() %}
        cast({{ quoted(column.name) }} as string) as {{ quoted(name) }}{{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}
