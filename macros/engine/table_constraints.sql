{#
    Without primary keys. On DuckDB, a primary key is an index that takes longer to build than the
    table and speeds up no query; data tests check uniqueness.
#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    ({{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }})
{%- endmacro %}
