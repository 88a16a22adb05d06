{# Column names qualified with their CTE. #}
{% macro prefixed(cte, names) %}
    {%- set result = [] -%}
    {%- for name in names -%}{%- do result.append(cte ~ '.' ~ name) -%}{%- endfor -%}
    {{ return(result) }}
{% endmacro %}
