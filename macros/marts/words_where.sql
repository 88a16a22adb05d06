{# The words whose conditions hold, with ; between them; null when none does. #}
{% macro words_where(conditions) -%}
    cast(nullif(substring(concat(
        {%- for word, condition in conditions.items() %}
        case when {{ condition }} then ';{{ word }}' else '' end{{ ',' if not loop.last }}
        {%- endfor %}
    ), 2), '') as {{ dbt.type_string() }})
{%- endmacro %}
