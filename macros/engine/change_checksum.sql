{#
    36 bits of a hash of the values of the expressions: sums of them stay within a bigint and tell
    whether contents changed. It is compared with what was stored, never made anew for stored rows.
#}
{% macro change_checksum(expressions) %}
    {{- return(adapter.dispatch('change_checksum', 'lead_scoring')(expressions)) -}}
{% endmacro %}

{% macro default__change_checksum(expressions) -%}
    {{ key_checksum(hash_key(expressions)) }}
{%- endmacro %}

{# A quarter of the time of MD5. #}
{% macro duckdb__change_checksum(expressions) -%}
    cast(hash({{ expressions | join(', ') }}) % 68719476736 as bigint)
{%- endmacro %}
