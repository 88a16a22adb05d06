{# Names of the UTC timestamp types in the engine's catalog, in lower case. #}
{% macro utc_timestamp_types() %}
    {{- return(adapter.dispatch('utc_timestamp_types', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__utc_timestamp_types() %}
    {{- return(['timestamp', 'timestamp without time zone']) -}}
{% endmacro %}

{% macro snowflake__utc_timestamp_types() %}
    {{- return(['timestamp_ntz']) -}}
{% endmacro %}
