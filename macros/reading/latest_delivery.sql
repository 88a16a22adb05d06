{#
    The loaded_at_query of the raw tables, in which dbt gives the table as `model`: the latest time
    of a column that can be read and is not in the future. A table that is not there or has no rows
    cannot be stale: now. None of its rows readable is null, which dbt takes for stale.
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
