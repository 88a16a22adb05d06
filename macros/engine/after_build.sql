{# What an engine wants done after a table is built. #}
{% macro after_build() %}
    {{- return(adapter.dispatch('after_build', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__after_build() %}{% endmacro %}

{# PostgreSQL plans queries by what it knows of a table: nothing, until it is told to look. #}
{% macro postgres__after_build() %}
    {%- if model.config.materialized != 'view' -%}
        analyze {{ this }}
    {%- endif -%}
{% endmacro %}

{% macro spark__after_build() %}
    {%- if model.config.materialized == 'incremental' -%}
        {{ drop_new_rows() }}
    {%- endif -%}
{% endmacro %}

{# dbt-databricks has delete+insert of its own. #}
{% macro databricks__after_build() %}{% endmacro %}
