{#
    After `as`, before the bracket of a CTE whose columns are named often: PostgreSQL would else
    compute them again for each time. Conditions on the CTE then no longer reach its tables.
#}
{% macro computed_once() -%}
    {{ ' materialized' if target.type == 'postgres' }}
{%- endmacro %}
