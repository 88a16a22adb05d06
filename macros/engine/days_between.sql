{# Whole days from one date to another; negative when the second is earlier. #}
{% macro days_between(first_date, second_date) -%}
    {{ dbt.datediff(first_date, second_date, 'day') | trim }}
{%- endmacro %}
