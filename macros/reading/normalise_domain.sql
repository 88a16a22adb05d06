{# A domain in lower case without scheme, www., path and last dot: acme.com of https://www.Acme.com/en. #}
{% macro normalise_domain(text) -%}
    {{ replace_matches(
        replace_matches('lower(' ~ text ~ ')', '^([a-z]+://)?(www[.])?', '') | trim,
        '[.]*([/?#:].*)?$', ''
    ) | trim }}
{%- endmacro %}
