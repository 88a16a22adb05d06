{#
    What is remembered of an erased key: a hash that nobody can turn back without the salt. Null of
    null. key_kind is contact_id, email or anonymous_id.
#}
{% macro salted_hash(key_kind, key) %}
    {{- return(adapter.dispatch('salted_hash', 'lead_scoring')(key_kind, key)) -}}
{% endmacro %}

{% macro duckdb__salted_hash(key_kind, key) -%}
    case
        when {{ key }} is not null
            then sha256(concat(
                (select erasure_salt.salt from {{ ref('erasure_salt') }} as erasure_salt),
                '{{ key_kind }} ', {{ key }}
            ))
    end
{%- endmacro %}
