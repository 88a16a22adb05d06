{# The lowest 36 bits of a row key: sums of them stay within a bigint and tell contents apart. #}
{% macro row_checksum(row_key) -%}
    {{ row_key }} % 68719476736
{%- endmacro %}
