{# A part as a share of a whole, 0 to 1; null of nothing. #}
{% macro share_of(part, whole) -%}
    cast({{ part }} as {{ type_double() }}) / nullif(cast({{ whole }} as {{ type_double() }}), 0)
{%- endmacro %}
