{# A raw row as a JSON object of text values, keys in the order of the table. #}
{% macro row_as_json(raw) %}
    {{- return(adapter.dispatch('row_as_json', 'lead_scoring')(raw)) -}}
{% endmacro %}

{% macro duckdb__row_as_json(raw) -%}
    {%- if raw.columns -%}
    cast(json_object(
        {%- for name, column in raw.columns.items() %}
        '{{ name | replace("'", "''") }}', cast({{ quoted(column.name) }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ) as varchar)
    {%- else -%}
    cast(null as varchar)
    {%- endif -%}
{%- endmacro %}
