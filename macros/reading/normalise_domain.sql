{# A domain in lower case without scheme, www. and path: acme.com of https://www.Acme.com/en. #}
{% macro normalise_domain(text) -%}
    regexp_replace(
        regexp_replace(lower({{ text }}), '^([a-z]+://)?(www[.])?', ''), '[/?#:].*$', ''
    )
{%- endmacro %}
