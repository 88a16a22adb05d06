{# A cell as clean text; null when it is empty. #}
{% macro cell(name) -%}
    {{ clean_cell('cast(' ~ adapter.quote(name) ~ ' as ' ~ dbt.type_string() ~ ')') }}
{%- endmacro %}

{% macro clean_cell(text) -%}
    nullif({{ clean_text(with_letters(text)) }}, '')
{%- endmacro %}

{# A cell as a word in lower case. #}
{% macro cell_word(name) -%}
    lower({{ cell(name) }})
{%- endmacro %}

{# A cell as a number; null when it is empty or not a number. #}
{% macro cell_number(name) -%}
    {{ try_number(cell(name)) }}
{%- endmacro %}

{# The day of a cell's text; null when it is not an ISO date. #}
{% macro cell_date(text) -%}
    case
        when {{ has_match(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') | trim }}
            then cast({{ try_timestamp(text) | trim }} as date)
    end
{%- endmacro %}

{# The minutes from midnight of a cell's text such as 9:00 or 17:30; null when it is not a time. #}
{% macro minutes_of_day(text) -%}
    case
        when {{ has_match(text, '^(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$') | trim }}
            then
                60 * cast({{ text_before(text, ':') | trim }} as integer)
                + cast(substr({{ text }}, length({{ text }}) - 1, 2) as integer)
    end
{%- endmacro %}

{#
    The cells of a file of seeds, such as scoring/tiers, as its seed holds them: file, row_id,
    column_name, written. The CTE rules says which columns there are.
#}
{% macro written_cells(file) -%}
    {%- set seed = file.split('/')[1] -%}
    {%- set columns = graph.nodes['seed.lead_scoring.' ~ seed].columns if execute else [] -%}
    {%- set names = [] -%}
    {%- for name in columns -%}{%- do names.append(adapter.quote(name)) -%}{%- endfor -%}
    select
        rules.file,
        entries.row_id,
        rules.column_name,
        case rules.column_name
            {%- for name in columns %}
            when '{{ name }}' then cast(entries.{{ adapter.quote(name) }} as {{ dbt.type_string() }})
            {%- endfor %}
        end as written
    from (
        select
            {{ seed }}.*,
            row_number() over (order by {{ names | join(', ') }}) as row_id
        from {{ ref(seed) }} as {{ seed }}
    ) as entries
    cross join rules
    where rules.file = '{{ file }}'
{%- endmacro %}

{#
    The rows of a file: row_id, row_name and cells. Each cell is named as column and kind of value:
    rank_text, rank_word (in lower case) or rank_number.
#}
{% macro configuration_rows(file, cells) -%}
    select
        cells.row_id,
        cells.row_name,
        {%- for cell in cells %}
        {%- set column, value = cell.rsplit('_', 1) %}
        max(case when cells.column_name = '{{ column }}' then cells.{{ value }} end) as {{ cell }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('configuration_cells') }} as cells
    where cells.file = '{{ file }}'
    group by cells.row_id, cells.row_name
{%- endmacro %}
