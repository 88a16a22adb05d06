{#
    Between `as` and `(` of a CTE in a long chain: DuckDB and PostgreSQL would merge the chain into
    one query and take very long to plan it.
#}
{% macro planned_apart() -%}
    {{ ' materialized' if target.type in ['duckdb', 'postgres'] }}
{%- endmacro %}
