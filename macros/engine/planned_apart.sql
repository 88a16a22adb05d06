{#
    After `as`, before the bracket of a CTE in a long chain: DuckDB's and PostgreSQL's planners would
    put the chain together into one query, which takes them longer and longer.
#}
{% macro planned_apart() -%}
    {{ ' materialized' if target.type in ['duckdb', 'postgres'] }}
{%- endmacro %}
