-- Contents of each batch, that is, of each raw activity table and day of delivery. For batches that
-- are already stored, a run reads nothing else.
with delivered as (
    {% for schema_name, table in activity_tables() -%}
    {% set raw = raw_table(schema_name, table) -%}
    select
        '{{ table }}' as source_table,
        {{ read_timestamp(raw, 'loaded_at') }} as loaded_at,
        case
            when {{ read_timestamp(raw, 'loaded_at') }} is null
                then {{ row_checksum(raw) }}
        end as row_checksum
    from {{ raw.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

dated as (
    select
        delivered.source_table,
        delivered.loaded_at,
        delivered.row_checksum,
        {{ loaded_on('delivered.loaded_at') }} as loaded_on
    from delivered
)

select
    dated.source_table,
    dated.loaded_on,
    count(*) as row_count,
    max(dated.loaded_at) as last_loaded_at,
    sum({{ time_of_day('dated.loaded_at') }}) as loaded_at_sum,
    sum(dated.row_checksum) as undated_checksum,
    min(reading_rules.reading_rules_key) as first_reading_rules_key,
    max(reading_rules.reading_rules_key) as last_reading_rules_key
from dated
cross join {{ ref('config_reading_rules') }} as reading_rules
group by dated.source_table, dated.loaded_on
