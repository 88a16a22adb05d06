{#
    What a contract's table is created with. On DuckDB a primary key is an index over its texts that
    takes longer to build than the table, and no query is faster by it: the columns keep their types
    and `not null`, tests look for keys that are there twice.
#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    ({{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }})
{%- endmacro %}
