{# A floating-point number rounded to 9 decimals, half away from zero, as a decimal number. #}
{% macro nine_decimals(number) %}
    {{- return(adapter.dispatch('nine_decimals', 'lead_scoring')(number)) -}}
{% endmacro %}

{% macro default__nine_decimals(number) -%}
    cast(round({{ number }}, 9) as decimal(38, 9))
{%- endmacro %}

{# Through text, because a direct cast keeps only 15 digits. #}
{% macro postgres__nine_decimals(number) -%}
    cast(cast({{ number }} as text) as decimal(38, 9))
{%- endmacro %}
