{#
    The incremental strategies that dbt-bigquery lacks, by overriding two of its macros.

    append is its merge, which inserts all rows if there is no unique key. delete+insert replaces
    all rows of a key in one transaction, where merge would update row by row.
#}
{% macro dbt_bigquery_validate_get_incremental_strategy(config) %}
    {%- set strategy = config.get('incremental_strategy') -%}
    {%- if strategy == 'append' -%}
        {{ return('merge') }}
    {%- elif strategy == 'delete+insert' -%}
        {{ return(strategy) }}
    {%- endif -%}
    {{ return(dbt.dbt_bigquery_validate_get_incremental_strategy(config)) }}
{% endmacro %}

{% macro bq_generate_incremental_build_sql(
    strategy, tmp_relation, target_relation, sql, unique_key, partition_by, partitions, dest_columns,
    tmp_relation_exists, copy_partitions, incremental_predicates
) %}
    {%- if strategy == 'delete+insert' -%}
        {{ return(bigquery_delete_insert_sql(
            tmp_relation, target_relation, sql, unique_key, partition_by, dest_columns,
            tmp_relation_exists
        )) }}
    {%- endif -%}
    {{ return(dbt.bq_generate_incremental_build_sql(
        strategy, tmp_relation, target_relation, sql, unique_key, partition_by, partitions,
        dest_columns, tmp_relation_exists, copy_partitions, incremental_predicates
    )) }}
{% endmacro %}

{% macro bigquery_delete_insert_sql(
    tmp_relation, target_relation, sql, unique_key, partition_by, dest_columns, tmp_relation_exists
) %}
{%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
{%- if not tmp_relation_exists %}
{{ bq_create_table_as(partition_by, true, tmp_relation, sql) }};
{%- endif %}
begin transaction;
delete from {{ target_relation }} as stored
where exists (
    select 1
    from {{ tmp_relation }} as fresh
    where
        {%- for key in ([unique_key] if unique_key is string else unique_key) %}
        {{ 'and ' if not loop.first }}stored.{{ adapter.quote(key) }} = fresh.{{ adapter.quote(key) }}
        {%- endfor %}
);
insert into {{ target_relation }} ({{ columns }})
select {{ columns }}
from {{ tmp_relation }};
commit transaction;
drop table if exists {{ tmp_relation }};
{% endmacro %}
