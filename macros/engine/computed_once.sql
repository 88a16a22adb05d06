{#
    Between `as` and `(` of a CTE whose columns are used several times: PostgreSQL would compute
    them again for each use. Filters on the CTE are then no longer pushed down.
#}
{% macro computed_once() -%}
    {{ ' materialized' if target.type == 'postgres' }}
{%- endmacro %}

{#
    Between `as` and `(` of a CTE that is read twice and cheap to compute: DuckDB would keep a copy
    of its rows.
#}
{% macro computed_each_time() -%}
    {{ ' not materialized' if target.type == 'duckdb' }}
{%- endmacro %}

{#
    At the end of the where clause of a CTE that is read several times: Spark would plan and compute
    it, and all that it reads, once per use. It computes a CTE with a random value only once.
#}
{% macro and_computed_once() -%}
    {{ 'and rand() >= 0' if target.type == 'spark' }}
{%- endmacro %}
