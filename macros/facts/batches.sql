{#
    A batch is the rows of one raw table for one day of loaded_at. It is read again if its number of
    rows, latest time, sum of times or reading rules differ from those of the stored rows.
#}

{#
    Query for the batches whose raw rows differ from the stored ones [source_table, loaded_on]. A
    macro, because int_activity_log contains it and also runs it while it is compiled. An empty raw
    table is one that its loader is about to fill, so its stored rows stay.
#}
{% macro changed_batches(raw_batches, stored) -%}
select
    coalesce(raw_batches.source_table, stored_batches.source_table) as source_table,
    coalesce(raw_batches.loaded_on, stored_batches.loaded_on) as loaded_on
from {{ raw_batches }} as raw_batches
full outer join (
    select
        stored.source_table,
        stored.loaded_on,
        sum(stored.row_count) as row_count,
        max(stored.loaded_at) as last_loaded_at,
        sum(stored.row_count * {{ time_of_day('stored.loaded_at') }}) as loaded_at_sum,
        min(stored.reading_rules_key) as first_reading_rules_key,
        max(stored.reading_rules_key) as last_reading_rules_key
    from {{ stored }} as stored
    where stored.row_status <> 'gone'
    group by stored.source_table, stored.loaded_on
) as stored_batches
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
        or raw_batches.last_reading_rules_key is distinct from stored_batches.last_reading_rules_key
        -- A change of rows without a readable loaded_at may leave these figures unchanged; such
        -- rows are few.
        or coalesce(raw_batches.loaded_on, stored_batches.loaded_on) = date '0001-01-01'
    )
    and coalesce(raw_batches.source_table, stored_batches.source_table) in (
        select filled.source_table from {{ raw_batches }} as filled
    )
{%- endmacro %}

{# Changes when any cell of a raw row does. #}
{% macro row_checksum(raw) -%}
    {%- set cells = [] -%}
    {%- for column in raw.columns.values() -%}
        {%- do cells.append('cast(' ~ quoted(column.name) ~ ' as ' ~ dbt.type_string() ~ ')') -%}
    {%- endfor -%}
    {{ change_checksum(cells or ["''"]) }}
{%- endmacro %}

{# Microseconds since midnight: a sum of microseconds since 1970 would soon overflow a bigint. #}
{% macro time_of_day(utc_timestamp) -%}
    mod({{ microseconds(utc_timestamp) }}, 86400000000)
{%- endmacro %}

{#
    Days of the changed batches, as a list of text; none in unit tests, without a connection, and in
    a first run, which reads all days anyway.
#}
{% macro changed_days() -%}
    {%- set raw_batches = ref('int_raw_batches') -%}
    {%- if not execute or not flags.INTROSPECT or not is_incremental() or '__dbt__cte__' in raw_batches | string -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(run_query(changed_days_query(raw_batches, this)).columns[0].values() | list) }}
{%- endmacro %}

{% macro changed_days_query(raw_batches, stored) -%}
select distinct cast(changed.loaded_on as {{ dbt.type_string() }}) as loaded_on
from (
    {{ changed_batches(raw_batches, stored) }}
) as changed
order by loaded_on
{%- endmacro %}

{#
    Condition for the rows of the changed days, as literals. It does not change the result, but lets
    the engine skip the rows of other days before it reads their columns. `true` if the days are
    unknown or too many.
#}
{% macro in_changed_days(cte, days) -%}
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

{# The day of a batch; rows without a readable loaded_at form a separate batch. #}
{% macro loaded_on(loaded_at) -%}
    coalesce(cast({{ loaded_at }} as date), date '0001-01-01')
{%- endmacro %}

{#
    Number of this run in int_activity_log. It increases even across a full refresh, so that other
    incremental models find the rows written since their last run.
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
