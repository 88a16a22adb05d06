{#
    The loaded_at_query of the raw tables, in which `model` is the table: the latest readable time
    of a column that is not in the future. A missing or empty table cannot be stale, so the result
    is now. If no row is readable, the result is null, which dbt treats as stale.
#}
{% macro latest_delivery(column_name) %}
    {%- set raw = raw_table(model.source_name, model.name) -%}
    {%- set now = "cast('" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "' as timestamp)" -%}
    select
        case
            when count(*) = 0 then {{ now }}
            else max(case when deliveries.delivered_at <= {{ now }} then deliveries.delivered_at end)
        end as delivered_at
    from (
        select {{ read_timestamp(raw, column_name) }} as delivered_at
        from {{ raw.relation }}
    ) as deliveries
{% endmacro %}
