{# A var that is a number within bounds, as SQL; an error for anything else. #}
{% macro number_var(name, least, most=none) %}
    {%- set given = var(name) -%}
    {%- if given is not number or given is boolean or given < least or (most is not none and given > most) -%}
        {{ exceptions.raise_compiler_error(
            'The var ' ~ name ~ ' must be a number ' ~ ('of at least ' ~ least if most is none
            else 'from ' ~ least ~ ' to ' ~ most) ~ ", not '" ~ given ~ "'."
        ) }}
    {%- endif -%}
    {{ return('cast(' ~ given ~ ' as ' ~ type_double() ~ ')') }}
{%- endmacro %}
