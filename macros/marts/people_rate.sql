{# How many of some people are others: a share from 0 to 1, null of nobody. #}
{% macro people_rate(people, of_people) -%}
    cast({{ people }} as {{ type_double() }})
            / nullif(cast({{ of_people }} as {{ type_double() }}), 0)
{%- endmacro %}
