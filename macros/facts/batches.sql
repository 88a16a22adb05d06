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

{# The batches that int_activity_log holds. #}
{% macro stored_batches(stored) -%}
    {{ batches_of('stored', 'stored.row_count', 'stored.reading_rules_key') }}
    from {{ stored }} as stored
    where stored.row_status <> 'gone'
    group by stored.source_table, stored.loaded_on
{%- endmacro %}

{#
    The batches that differ between the CTEs int_raw_batches and stored_batches. A raw table without
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
    The days of the differing batches as a list of text, asked when the model is compiled; none where
    nothing can be asked (in unit tests, without a connection) or a first run reads all days anyway.
#}
{% macro differing_days() -%}
    {%- set raw_batches = ref('int_raw_batches') -%}
    {%- if not execute or not flags.INTROSPECT or not is_incremental() or '__dbt__cte__' in raw_batches | string -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(run_query(differing_days_query(raw_batches, this)).columns[0].values() | list) }}
{%- endmacro %}

{#
    The differing batches as a condition with literal days: it changes no result, but lets the engine
    skip the rows of other days before it reads their columns. Says true where the days are not known
    or very many.
#}
{% macro in_differing_batches(cte, days) -%}
    {%- if days is none or days | length > 200 -%}
        {{ return('true') }}
    {%- endif -%}
    {%- set time = cte ~ '.bare_loaded_at' -%}
    {%- set conditions = [time ~ ' is null', 'not (' ~ is_readable_time(time) ~ ')'] if '0001-01-01' in days else [] -%}
    {%- for day in days if day != '0001-01-01' -%}
        {%- do conditions.append(
            "(" ~ time ~ " >= timestamp '" ~ day ~ " 00:00:00' and " ~ time
            ~ " < timestamp '" ~ next_day(day) ~ " 00:00:00')"
        ) -%}
    {%- endfor -%}
    {{ return('(' ~ (conditions | join('\n            or ') or 'false') ~ ')') }}
{%- endmacro %}

{# The days of the differing batches, as text. #}
{% macro differing_days_query(raw_batches, stored) -%}
with raw_batches as (
    select * from {{ raw_batches }}
),

stored_batches as (
    {{ stored_batches(stored) }}
)

select distinct cast(differing.loaded_on as {{ dbt.type_string() }}) as loaded_on
from ({{ differing_batches() }}) as differing
order by loaded_on
{%- endmacro %}

{# The day of loaded_at by which batches are cut; rows without one have a day of their own. #}
{% macro loaded_on(loaded_at) -%}
    coalesce(cast({{ loaded_at }} as date), date '0001-01-01')
{%- endmacro %}

{#
    The number of this run in int_activity_log: the numbers rise, over a full refresh, too, so that
    models that keep something find the rows that were written after they looked last.
#}
{% macro next_run_number() -%}
    {#- In a unit test `this` is a CTE. -#}
    {%- if not execute or not flags.INTROSPECT or this is string or not has_column(this, 'run_number') -%}
        {{ return(1) }}
    {%- endif -%}
    {{ return(run_query(
        'select 1 + coalesce(max(stored.run_number), 0) from ' ~ this ~ ' as stored'
    ).columns[0].values()[0]) }}
{%- endmacro %}

{# Stored rows of versions before 2.0 have other columns. #}
{% macro check_activity_rows_are_of_this_version() -%}
    {%- if execute and flags.INTROSPECT and is_incremental() and this is not string
        and not has_column(this, 'rejection_reason') -%}
        {{ exceptions.raise_compiler_error(
            "The table " ~ this ~ " was made by an earlier version of this project:"
            ~ " run once with --full-refresh."
        ) }}
    {%- endif -%}
{%- endmacro %}
