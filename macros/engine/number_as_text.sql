{# A decimal number as people write it: 800, not 800.000000000. #}
{% macro number_as_text(number) -%}
    regexp_replace(cast({{ number }} as varchar), '[.]?0+$', '')
{%- endmacro %}
