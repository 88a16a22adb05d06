{# A list of words as SQL text literals: 'a', 'b'. #}
{% macro as_literals(words) -%}
    {%- set literals = [] -%}
    {%- for word in words -%}{%- do literals.append("'" ~ word | replace("'", "''") ~ "'") -%}{%- endfor -%}
    {{ literals | join(', ') or "''" }}
{%- endmacro %}
