{# A date plus a number of days, which may be negative. #}
{% macro days_after(days, date) -%}
    {{ adapter.dispatch('days_after', 'lead_scoring')(days, date) | trim }}
{%- endmacro %}

{% macro default__days_after(days, date) -%}
    cast({{ dbt.dateadd('day', days, date) }} as date)
{%- endmacro %}

{# dbt's own fails on Spark if a date is null, and needs a connection on Databricks. #}
{% macro spark__days_after(days, date) -%}
    date_add({{ date }}, cast({{ days }} as int))
{%- endmacro %}
