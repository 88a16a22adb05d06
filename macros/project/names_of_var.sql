{# A var that is a list of names, or one name: a list in lower case. #}
{% macro names_of_var(name) %}
    {%- set given = var(name) or [] -%}
    {%- set names = [] -%}
    {%- for one in ([given] if given is string or given is not iterable else given) -%}
        {%- do names.append(one | string | trim | lower) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{# The value of a var; none if it is empty text, as a variable of the shell that is not set gives it. #}
{% macro filled_var(name) %}
    {{ return(none if var(name) == '' else var(name)) }}
{% endmacro %}

{# The var sql_activities: a dict activity -> intent. Anything else can be parsed, so that check_vars names it. #}
{% macro sql_activities() %}
    {%- set given = var('sql_activities') -%}
    {{ return(given if given is mapping else {}) }}
{% endmacro %}

{# The var sql_attributes: a list of names. #}
{% macro sql_attributes() %}
    {%- set given = var('sql_attributes') -%}
    {{ return(given if given is iterable and given is not string and given is not mapping else []) }}
{% endmacro %}
