{# The lowest 36 bits of a key, few enough to sum within a bigint. #}
{% macro key_checksum(key) -%}
    mod({{ key }}, 68719476736)
{%- endmacro %}
