{# An amount of money from a floating-point number, to the hundredth. #}
{% macro money(number) -%}
    cast(round({{ nine_decimals(number) }}, 2) as decimal(28, 2))
{%- endmacro %}

{# An amount of money, from 0 to below 10^15, in whole units with a comma every three digits. #}
{% macro money_as_text(amount) -%}
    {%- set digits = 'lpad(cast(cast(round(' ~ amount ~ ', 0) as bigint) as ' ~ dbt.type_string() ~ "), 15, '0')" -%}
    {%- set groups = [] -%}
    {%- for start in range(1, 16, 3) -%}
        {%- do groups.append('substr(' ~ digits ~ ', ' ~ start ~ ', 3)') -%}
    {%- endfor -%}
    coalesce(
        nullif({{ replace_matches('concat(' ~ groups | join(", ',', ") ~ ')', '^[0,]+', '') | trim }}, ''), '0'
    )
{%- endmacro %}
