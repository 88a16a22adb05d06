{#
    Hash of a key of an erased person, useless without the salt. Null for null. key_kind is
    contact_id, email or anonymous_id. salt: a column with the salt, for places such as join
    conditions where a subquery is not allowed.
#}
{% macro salted_hash(key_kind, key, salt=none) -%}
    {%- set salt = salt or "(select erasure_salt.salt from " ~ ref('stg_erasure__salt') ~ " as erasure_salt)" -%}
    case
        when {{ key }} is not null
            then {{ sha256_text(
                salt ~ "
                || '" ~ key_kind ~ " ' || " ~ key
            ) }}
    end
{%- endmacro %}

{# The SHA-256 hash of a text, in hexadecimal digits. #}
{% macro sha256_text(text) %}
    {{- return(adapter.dispatch('sha256_text', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro default__sha256_text(text) -%}
    sha2({{ text }}, 256)
{%- endmacro %}

{% macro duckdb__sha256_text(text) -%}
    sha256({{ text }})
{%- endmacro %}

{% macro postgres__sha256_text(text) -%}
    encode(sha256(convert_to({{ text }}, 'UTF8')), 'hex')
{%- endmacro %}

{% macro bigquery__sha256_text(text) -%}
    to_hex(sha256({{ text }}))
{%- endmacro %}
