{# The lowest 36 bits of a key: sums of them stay within a bigint and tell contents apart. #}
{% macro key_checksum(key) -%}
    mod({{ key }}, 68719476736)
{%- endmacro %}
