{#
    Config that partitions or clusters a large table by a date column and keys, in the terms of the
    adapter. Empty for engines that have nothing like it or do it themselves.
#}
{% macro storage_layout(day, keys) %}
    {{- return(adapter.dispatch('storage_layout', 'lead_scoring')(day, keys)) -}}
{% endmacro %}

{% macro default__storage_layout(day, keys) %}
    {{- return({}) -}}
{% endmacro %}

{% macro snowflake__storage_layout(day, keys) %}
    {{- return({'cluster_by': [day] + keys}) -}}
{% endmacro %}

{# By month, because a table can have at most 10,000 partitions and raw rows may be of any day. #}
{% macro bigquery__storage_layout(day, keys) %}
    {{- return({
        'partition_by': {'field': day, 'data_type': 'date', 'granularity': 'month'},
        'cluster_by': [day] + keys,
    }) -}}
{% endmacro %}

{% macro databricks__storage_layout(day, keys) %}
    {{- return({'liquid_clustered_by': [day] + keys}) -}}
{% endmacro %}

{#
    The last clause of a model with a large table, which DuckDB stores in less space and reads faster
    if similar rows are neighbours. Other engines do not need it.
#}
{% macro sorted_by(columns) %}
    {{- 'order by ' ~ columns | join(', ') if target.type == 'duckdb' -}}
{% endmacro %}
