{# The next later timestamp. #}
{% macro next_microsecond(utc_timestamp) %}
    {{- return(adapter.dispatch('next_microsecond', 'lead_scoring')(utc_timestamp)) -}}
{% endmacro %}

{% macro default__next_microsecond(utc_timestamp) -%}
    {{ utc_timestamp }} + interval '1 microsecond'
{%- endmacro %}

{% macro bigquery__next_microsecond(utc_timestamp) -%}
    {{ utc_timestamp }} + interval 1 microsecond
{%- endmacro %}
