{#
    After `as`, before the bracket of a CTE whose columns are named often: PostgreSQL would else
    compute them again for each time. Conditions on the CTE then no longer reach its tables.
#}
{% macro computed_once() -%}
    {{ ' materialized' if target.type == 'postgres' }}
{%- endmacro %}

{#
    After `as`, before the bracket of a CTE that is read twice and adds little to another one: DuckDB
    would else hold all its rows once more.
#}
{% macro computed_each_time() -%}
    {{ ' not materialized' if target.type == 'duckdb' }}
{%- endmacro %}

{#
    At the end of the conditions of a CTE that is read several times: Spark would else plan and compute
    it again for each time, and each time that of those that it reads. What looks random it computes
    once.
#}
{% macro and_computed_once() -%}
    {{ 'and rand() >= 0' if target.type == 'spark' }}
{%- endmacro %}
