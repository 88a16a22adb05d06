{# A page path or link in lower case without query, fragment and trailing slashes; / stays /. #}
{% macro normalise_path(text) -%}
    {%- set path = trim_end(
        text_before(text_before('lower(' ~ text ~ ')', '?') | trim, '#') | trim, "' '"
    ) | trim -%}
    case
        when {{ path }} = '' then null
        when {{ trim_end(path, "'/'") }} = '' then '/'
        else {{ trim_end(path, "'/'") }}
    end
{%- endmacro %}
