{# A random text that cannot be guessed. #}
{% macro random_text() -%}
    {%- set uuid = adapter.dispatch('random_uuid', 'lead_scoring')() | trim -%}
    cast({{ uuid }} as {{ dbt.type_string() }}) || cast({{ uuid }} as {{ dbt.type_string() }})
{%- endmacro %}

{% macro default__random_uuid() -%}
    uuid()
{%- endmacro %}

{% macro postgres__random_uuid() -%}
    gen_random_uuid()
{%- endmacro %}

{% macro snowflake__random_uuid() -%}
    uuid_string()
{%- endmacro %}

{% macro bigquery__random_uuid() -%}
    generate_uuid()
{%- endmacro %}
