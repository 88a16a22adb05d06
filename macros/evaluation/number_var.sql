{# A var that is a number, as SQL. #}
{% macro number_var(name) -%}
    cast({{ var(name) }} as {{ type_double() }})
{%- endmacro %}
