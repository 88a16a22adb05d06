{# For how many hours a day an owner calls; 0 without the var. #}
{% macro call_hours() -%}
    cast({{ var('call_hours_per_day') or 0 }} as {{ type_double() }})
{%- endmacro %}
