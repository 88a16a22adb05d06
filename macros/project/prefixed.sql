{# Column names with the name of their CTE before them. #}
{% macro prefixed(cte, names) %}
    {%- set result = [] -%}
    {%- for name in names -%}{%- do result.append(cte ~ '.' ~ name) -%}{%- endfor -%}
    {{ return(result) }}
{% endmacro %}
