{#
    After a table is built: PostgreSQL plans the queries that read it by what it knows of it, which
    is nothing until it is told to look. Other engines look by themselves.
#}
{% macro gather_statistics() %}
    {{- return(adapter.dispatch('gather_statistics', 'lead_scoring')()) -}}
{% endmacro %}

{% macro default__gather_statistics() %}{% endmacro %}

{% macro postgres__gather_statistics() %}
    {%- if model.config.materialized != 'view' -%}
        analyze {{ this }}
    {%- endif -%}
{% endmacro %}
