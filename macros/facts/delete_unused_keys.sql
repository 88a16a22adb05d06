{# Deletes identities or event types that no fact refers to any more. #}
{% macro delete_unused_keys(numbered, key) -%}
delete from {{ numbered }}
where {{ key }} not in (select facts.{{ key }} from {{ this }} as facts)
{%- endmacro %}
