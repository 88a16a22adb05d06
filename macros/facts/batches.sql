{#
    A batch is what one raw table holds for one day of loaded_at. It has to be read again when its
    count, latest time or sum of times is not what is stored, or what raw rows are read by changed.
    Times are summed as microseconds of their day: since 1970, some thousand would overflow a bigint.
#}

{# One row a batch of a CTE with source_table, loaded_on and loaded_at. #}
{% macro batches_of(cte, row_count, reading_rules_key) -%}
    select
        {{ cte }}.source_table,
        {{ cte }}.loaded_on,
        sum({{ row_count }}) as row_count,
        max({{ cte }}.loaded_at) as last_loaded_at,
        sum({{ row_count }} * mod({{ microseconds(cte ~ '.loaded_at') }}, 86400000000)) as loaded_at_sum,
        min({{ reading_rules_key }}) as first_reading_rules_key,
        max({{ reading_rules_key }}) as last_reading_rules_key
{%- endmacro %}

{#
    The batches that differ between the CTEs raw_batches and stored_batches. A raw table without
    any row is one that its loader is about to fill: nothing is taken away.
#}
{% macro differing_batches() -%}
    select
        coalesce(raw_batches.source_table, stored_batches.source_table) as source_table,
        coalesce(raw_batches.loaded_on, stored_batches.loaded_on) as loaded_on
    from raw_batches
    full outer join stored_batches
        on
            raw_batches.source_table = stored_batches.source_table
            and raw_batches.loaded_on = stored_batches.loaded_on
    where
        (
            raw_batches.row_count is distinct from stored_batches.row_count
            or raw_batches.last_loaded_at is distinct from stored_batches.last_loaded_at
            or raw_batches.loaded_at_sum is distinct from stored_batches.loaded_at_sum
            or raw_batches.first_reading_rules_key
            is distinct from stored_batches.first_reading_rules_key
            or raw_batches.last_reading_rules_key
            is distinct from stored_batches.last_reading_rules_key
            -- Rows without a readable time of delivery: few, and nothing tells them apart.
            or coalesce(raw_batches.loaded_on, stored_batches.loaded_on) = date '0001-01-01'
        )
        and coalesce(raw_batches.source_table, stored_batches.source_table) in (
            select raw_batches.source_table from raw_batches
        )
{%- endmacro %}

{#
    The same batches as a condition with literal days, asked before the run: it changes no result,
    but lets the engine skip the rows of other days before it reads their columns. Says true
    where it cannot be asked (in unit tests, without a connection) or would not help (a first run,
    very many days).
#}
{% macro in_differing_batches(cte) -%}
    {%- set delivered = ref('delivery_times') -%}
    {%- if not execute or not flags.INTROSPECT or not is_incremental() or '__dbt__cte__' in delivered | string -%}
        {{ return('true') }}
    {%- endif -%}
    {%- set days = run_query(differing_days_query(delivered, this)).columns[0].values() -%}
    {%- if days | length > 200 -%}
        {{ return('true') }}
    {%- endif -%}
    {%- set conditions = [cte ~ '.loaded_at is null', 'not ' ~ is_finite(cte ~ '.loaded_at')] if '0001-01-01' in days else [] -%}
    {%- for day in days if day != '0001-01-01' -%}
        {%- do conditions.append(
            "(" ~ cte ~ ".loaded_at >= timestamp '" ~ day ~ " 00:00:00' and " ~ cte
            ~ ".loaded_at < timestamp '" ~ next_day(day) ~ " 00:00:00')"
        ) -%}
    {%- endfor -%}
    {{ return('(' ~ (conditions | join('\n            or ') or 'false') ~ ')') }}
{%- endmacro %}

{# The days of the differing batches, as text. #}
{% macro differing_days_query(delivered, stored) -%}
with reading_rules as (
    select * from {{ ref('reading_rules') }}
),

raw_batches as (
    {{ batches_of('delivered', '1', 'reading_rules.reading_rules_key') }}
    from {{ delivered }} as delivered
    cross join reading_rules
    group by delivered.source_table, delivered.loaded_on
),

stored_batches as (
    {{ batches_of('stored', 'stored.row_count', 'stored.reading_rules_key') }}
    from {{ stored }} as stored
    group by stored.source_table, stored.loaded_on
)

select distinct cast(differing.loaded_on as {{ dbt.type_string() }}) as loaded_on
from ({{ differing_batches() }}) as differing
order by loaded_on
{%- endmacro %}

{# The day of loaded_at by which batches are cut; rows without one have a day of their own. #}
{% macro loaded_on(loaded_at) -%}
    coalesce(
        case when {{ is_finite(loaded_at) }} then cast({{ loaded_at }} as date) end,
        date '0001-01-01'
    )
{%- endmacro %}
