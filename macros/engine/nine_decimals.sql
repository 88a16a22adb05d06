{# A floating-point number rounded to 9 decimals, half away from zero, as a decimal number. #}
{% macro nine_decimals(number) %}
    {{- return(adapter.dispatch('nine_decimals', 'lead_scoring')(number)) -}}
{% endmacro %}

{% macro default__nine_decimals(number) -%}
    cast(round({{ number }}, 9) as decimal(38, 9))
{%- endmacro %}

{# By way of text, as the direct cast keeps 15 digits only. #}
{% macro postgres__nine_decimals(number) -%}
    cast(cast({{ number }} as text) as decimal(38, 9))
{%- endmacro %}
