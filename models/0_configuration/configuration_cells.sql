-- Every cell of the configuration files that the rules know. Personal data are left out:
-- sales_ready_leads.csv.
{% if execute and flags.WHICH in ['build', 'run', 'retry']
    and load_cached_relation(ref('configuration_columns')) is none %}
    {{ exceptions.raise_compiler_error(
        'seeds/rules/configuration_columns.csv is not loaded; run dbt seed, or dbt build.'
    ) }}
{% endif %}
{% set files = [
    'scoring/scoring_models', 'scoring/activities', 'scoring/fit_criteria',
    'scoring/engagement_criteria', 'scoring/category_limits', 'scoring/score_gates',
    'scoring/grade_bands', 'scoring/tiers', 'accounts/account_scoring', 'what_if/challengers',
    'evaluation/outcomes', 'experiments/experiments', 'calendar/calendars',
    'calendar/business_hours', 'calendar/holidays', 'calendar/owner_calendars',
] %}
with rules as (
    select * from {{ ref('configuration_columns') }}
),

written_cells as (
    {% for file in files %}
    {{ written_cells(file) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

cells as (
    select
        written_cells.file,
        written_cells.row_id,
        written_cells.column_name,
        {{ clean_cell('written_cells.written') }} as text
    from written_cells
),

-- The first part of a row's name stands alone, others in brackets: hot (acquisition, rank 1).
name_parts as (
    select
        cells.file,
        cells.row_id,
        rules.in_row_name,
        case rules.in_row_name when 'hint' then cells.column_name || ' ' || cells.text end as hint,
        case when rules.in_row_name = '1' then cells.text end as name,
        coalesce(
            case when cells.column_name = 'rank' then 'rank ' else '' end || cells.text,
            'without ' || cells.column_name
        ) as part
    from cells
    inner join rules
        on
            cells.file = rules.file
            and cells.column_name = rules.column_name
    where rules.in_row_name is not null
),

row_names as (
    select
        name_parts.file,
        name_parts.row_id,
        max(case when name_parts.in_row_name = '1' then name_parts.part end)
        || case
            when max(name_parts.name) is null
                then coalesce(' but with ' || max(name_parts.hint), '')
            else ''
        end
        || coalesce(
            ' (' || max(case when name_parts.in_row_name = '2' then name_parts.part end)
            || coalesce(
                ', ' || max(case when name_parts.in_row_name = '3' then name_parts.part end), ''
            )
            || ')',
            ''
        ) as row_name
    from name_parts
    group by name_parts.file, name_parts.row_id
)

select
    cells.file,
    cells.row_id,
    row_names.row_name,
    cells.column_name,
    cells.text,
    lower(cells.text) as word,
    {{ configured_number('cells.text') }} as number
from cells
inner join row_names
    on
        cells.file = row_names.file
        and cells.row_id = row_names.row_id
