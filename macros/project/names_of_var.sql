{# A var that is a list of names, or one name: a list in lower case. #}
{% macro names_of_var(name) %}
    {%- set given = var(name) or [] -%}
    {%- set names = [] -%}
    {%- for one in ([given] if given is string else given) -%}
        {%- do names.append(one | string | trim | lower) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
