-- When each row of the activity tables was delivered: all that a run reads of rows that it holds.
with delivered as (
    {% for schema_name, table in [
        ('raw_activity', 'web_events'), ('raw_activity', 'email_events'),
        ('raw_activity', 'social_events'), ('raw_activity', 'product_events'),
        ('raw_crm', 'sales_activities'),
    ] -%}
    {% set raw = raw_table(schema_name, table) -%}
    select
        '{{ table }}' as source_table,
        {{ read_delivery_time(raw, 'loaded_at') }} as loaded_at
    from {{ raw.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    delivered.source_table,
    delivered.loaded_at,
    {{ loaded_on('delivered.loaded_at') }} as loaded_on
from delivered
