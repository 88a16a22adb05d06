-- Filled cells of raw tables that could not be read and so count as missing, by column.
with activity_log as (
    select * from {{ ref('int_activity_log') }}
    where unreadable_cells is not null
),

crm_rows_unioned as (
    select * from {{ ref('int_crm_rows_unioned') }}
),

country_names as (
    select * from {{ ref('config_country_names') }}
),

row_counts as (
    select * from {{ ref('row_counts') }}
),

-- A country that the seed does not know counts as missing, too.
crm_cells as (
    select
        crm_rows_unioned.source_table,
        concat(
            coalesce(crm_rows_unioned.unreadable_cells, ''),
            case
                when crm_rows_unioned.country is not null and country_names.country_name is null
                    then concat('country=', {{ pattern_of('crm_rows_unioned.country') }})
                else ''
            end
        ) as unreadable_cells
    from crm_rows_unioned
    left join country_names on lower(crm_rows_unioned.country) = country_names.country_name
),

rows_with_some as (
    select
        activity_log.source_table,
        activity_log.unreadable_cells,
        activity_log.row_count
    from activity_log

    union all

    select
        crm_cells.source_table,
        crm_cells.unreadable_cells,
        1 as row_count
    from crm_cells
    where crm_cells.unreadable_cells <> ''
),

cells as (
    select
        rows_with_some.source_table,
        rows_with_some.row_count,
        {{ text_before('list_words.word', '=') }} as column_name,
        {{ replace_matches('list_words.word', '^[^=]*=', '') }} as pattern
    from rows_with_some
    {{ cross_join_words('rows_with_some.unreadable_cells') }}
    where list_words.word <> ''
),

patterns as (
    select
        cells.source_table,
        cells.column_name,
        cells.pattern,
        sum(cells.row_count) as cell_count
    from cells
    group by cells.source_table, cells.column_name, cells.pattern
),

ranked as (
    select
        patterns.*,
        sum(patterns.cell_count) over (
            partition by patterns.source_table, patterns.column_name
        ) as all_cells,
        row_number() over (
            partition by patterns.source_table, patterns.column_name
            order by patterns.cell_count desc, {{ byte_order('patterns.pattern') }}
        ) as pattern_rank
    from patterns
)

select
    cast(ranked.source_table as {{ dbt.type_string() }}) as source_table,
    cast(ranked.column_name as {{ dbt.type_string() }}) as column_name,
    cast(ranked.all_cells as bigint) as cell_count,
    cast(
        cast(ranked.all_cells as {{ type_double() }}) / nullif(row_counts.raw_rows, 0)
        as {{ type_double() }}
    ) as share_of_rows,
    cast(ranked.pattern as {{ dbt.type_string() }}) as example_pattern
from ranked
left join row_counts on ranked.source_table = row_counts.source_table
where ranked.pattern_rank = 1
