{# A 63-bit number that stands for the values of the expressions; null differs from empty. #}
{% macro hash_key(expressions) %}
    {{- return(adapter.dispatch('hash_key', 'lead_scoring')(expressions)) -}}
{% endmacro %}

{% macro duckdb__hash_key(expressions) -%}
    cast(md5_number_lower(concat_ws(chr(31),
        {%- for expression in expressions %}
        coalesce(cast({{ expression }} as varchar), chr(30)){{ ',' if not loop.last }}
        {%- endfor %}
    )) >> 1 as bigint)
{%- endmacro %}
