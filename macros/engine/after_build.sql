{# Post-hook of all models. #}
{% macro after_build() %}
    {{- return(adapter.dispatch('after_build', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__after_build() %}{% endmacro %}

{# PostgreSQL has no statistics on a new table until `analyze`, and plans badly without them. #}
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

{# dbt-databricks has its own delete+insert. #}
{% macro databricks__after_build() %}{% endmacro %}
