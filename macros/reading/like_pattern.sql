{# A pattern in which only % is a wildcard, for use with: like <pattern> escape '\'. #}
{% macro like_pattern(text) -%}
    replace(replace(lower({{ text }}), '\', '\\'), '_', '\_')
{%- endmacro %}
