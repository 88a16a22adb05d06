{# Only in the copy that the check compiles. #}

{# Without a connection nobody can ask whether a table is there: the check says so by a var. #}
{% macro is_incremental() %}
    {{- return(var('assume_incremental')) -}}
{% endmacro %}

{#
    The statements with which a model's strategy changes its table; an error where the adapter does
    not take the strategy.
#}
{% macro incremental_statements(model, strategy, unique_key) %}
    {{- return(adapter.dispatch('incremental_statements', 'lead_scoring')(model, strategy, unique_key)) -}}
{% endmacro %}

{% macro default__incremental_statements(model, strategy, unique_key) %}
    {%- set build_statements = adapter.get_incremental_strategy_macro(context, strategy) -%}
    {{- return(build_statements({
        'target_relation': model, 'temp_relation': rows_of(model), 'unique_key': unique_key,
        'dest_columns': columns_named(unique_key), 'incremental_predicates': none,
    })) -}}
{% endmacro %}

{# The adapter's own statements depend on what the cluster can do, which it asks; they are its matter. #}
{% macro databricks__incremental_statements(model, strategy, unique_key) %}
    {%- do adapter.get_incremental_strategy_macro(context, strategy) -%}
    {{- return('select 1 as is_taken') -}}
{% endmacro %}

{% macro bigquery__incremental_statements(model, strategy, unique_key) %}
    {%- set taken = dbt_bigquery_validate_get_incremental_strategy({'incremental_strategy': strategy}) -%}
    {{- return(bq_generate_incremental_build_sql(
        taken, rows_of(model), model, 'select * from ' ~ rows_of(model), unique_key, {}, none,
        columns_named(unique_key), true, none, none
    )) -}}
{% endmacro %}

{# The new rows stand in the model's own table, whose columns they have. #}
{% macro rows_of(model) %}
    {{- return(model) -}}
{% endmacro %}

{% macro columns_named(names) %}
    {%- set columns = [] -%}
    {%- for name in ([names] if names is string else names or []) -%}
        {%- do columns.append({'name': name, 'quoted': adapter.quote(name)}) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{% endmacro %}
