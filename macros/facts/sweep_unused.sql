{# After a run: numbers that no fact has go, and with them what they stand for. #}
{% macro sweep_unused(numbered, key) -%}
delete from {{ numbered }}
where {{ key }} not in (select facts.{{ key }} from {{ this }} as facts)
{%- endmacro %}
