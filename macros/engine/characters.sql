{# A text of characters that are hard to see, given by their hexadecimal code points. #}
{% macro characters(codes) %}
    {{- return(adapter.dispatch('characters', 'lead_scoring')(codes)) -}}
{% endmacro %}

{% macro default__characters(codes) -%}
    {%- set letters = [] -%}
    {%- for code in codes -%}{%- do letters.append('chr(' ~ code | int(base=16) ~ ')') -%}{%- endfor -%}
    concat({{ letters | join(', ') }})
{%- endmacro %}

{# chr() knows only 256 characters there. #}
{% macro spark__characters(codes) -%}
    '{% for code in codes %}\u{{ code }}{% endfor %}'
{%- endmacro %}

{% macro bigquery__characters(codes) -%}
    '{% for code in codes %}\u{{ code }}{% endfor %}'
{%- endmacro %}
