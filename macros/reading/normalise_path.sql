{# A page path or link in lower case without query, fragment and trailing slashes; / stays /. #}
{% macro normalise_path(text) -%}
    {%- set path = "rtrim(lower(regexp_replace(" ~ text ~ ", '[?#][\\s\\S]*$', '')))" -%}
    case
        when {{ path }} = '' then null
        when rtrim({{ path }}, '/') = '' then '/'
        else rtrim({{ path }}, '/')
    end
{%- endmacro %}
