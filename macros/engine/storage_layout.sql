{#
    How the rows of a large table lie, as config for what the adapter of the target calls it: by a
    date column and within it by keys. Nothing where an engine has no such thing or keeps order
    itself.
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

{# By month: a table has no more than 10,000 partitions, and raw rows may be of any day. #}
{% macro bigquery__storage_layout(day, keys) %}
    {{- return({
        'partition_by': {'field': day, 'data_type': 'date', 'granularity': 'month'},
        'cluster_by': [day] + keys,
    }) -}}
{% endmacro %}

{% macro databricks__storage_layout(day, keys) %}
    {{- return({'liquid_clustered_by': [day] + keys}) -}}
{% endmacro %}
