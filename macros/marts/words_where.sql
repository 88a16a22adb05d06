{# `;`-separated list of the words whose conditions are true; null if none is. #}
{% macro words_where(conditions) -%}
    cast(nullif(substring(concat(
        {%- for word, condition in conditions.items() %}
        case when {{ condition }} then ';{{ word }}' else '' end{{ ',' if not loop.last }}
        {%- endfor %}
    ), 2), '') as {{ dbt.type_string() }})
{%- endmacro %}
