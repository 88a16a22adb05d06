{# The date so many days after a date; before it, where they are negative. #}
{% macro days_after(days, date) -%}
    {{ adapter.dispatch('days_after', 'lead_scoring')(days, date) | trim }}
{%- endmacro %}

{% macro default__days_after(days, date) -%}
    cast({{ dbt.dateadd('day', days, date) }} as date)
{%- endmacro %}

{# dbt's own fails on Spark where a date is null, and asks a connection on Databricks. #}
{% macro spark__days_after(days, date) -%}
    date_add({{ date }}, cast({{ days }} as int))
{%- endmacro %}
