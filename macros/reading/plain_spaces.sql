{# A text with no-break and narrow spaces as plain ones. #}
{% macro with_plain_spaces(text) -%}
    translate({{ text }}, {{ characters(['00A0', '2009', '202F']) }}, '   ')
{%- endmacro %}

{# The same with line ends and tabs as plain spaces, too. #}
{% macro on_one_line(text) -%}
    translate({{ with_plain_spaces(text) | trim }}, concat(chr(9), chr(10), chr(13)), '   ')
{%- endmacro %}
