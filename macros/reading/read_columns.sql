{#
    How a raw column is read. A column that the raw table lacks reads as null. The macros expect
    the CTE `config_reading_rules` in scope where they say so.
#}

{#
    The columns of a raw table for the macros below, which use a text more than once: text is
    cleaned here, empty text is null. raw_<n> is the unchanged column. Queries that read a raw table
    without this step (checks before a run, batches) clean the text themselves.
#}
{% macro cells(raw) -%}
    {%- for name, column in raw.columns.items() %}
        {{ quoted(column.name) }} as raw_{{ loop.index }},
        {{ read_text(raw, name) ~ ' as ' if is_read_as_text(column) }}{{ quoted(column.name) }}
        {{- ',' if not loop.last }}
    {%- else %}
        cast(null as {{ dbt.type_string() }}) as raw_1
    {%- endfor %}
    {%- do raw.update({'is_in_cells': true}) -%}
{%- endmacro %}

{% macro is_read_as_text(column) %}
    {{ return((column.data_type | lower)[:4] in [
        'doub', 'floa', 'real', 'deci', 'nume', 'varc', 'text', 'stri', 'char'
    ]) }}
{% endmacro %}

{# A raw column as text; whole numbers of inexact columns lose their .0, so that ids match. #}
{% macro column_text(raw, name) -%}
    {%- set column = raw.columns[name] -%}
    {%- set data_type = column.data_type | lower -%}
    {%- if data_type[:4] in ['doub', 'floa', 'real', 'deci', 'nume'] -%}
        {{ inexact_as_text(quoted(column.name)) }}
    {%- elif data_type[:4] in ['varc', 'text', 'stri'] -%}
        {{ with_letters(quoted(column.name)) }}
    {%- else -%}
        {{ with_letters('cast(' ~ quoted(column.name) ~ ' as ' ~ dbt.type_string() ~ ')') }}
    {%- endif -%}
{%- endmacro %}

{# Clean text; empty text is null. #}
{% macro read_text(raw, name) -%}
    {%- if name not in raw.columns -%}
        cast(null as {{ dbt.type_string() }})
    {%- elif raw.is_in_cells and is_read_as_text(raw.columns[name]) -%}
        {{ quoted(raw.columns[name].name) }}
    {%- else -%}
        nullif({{ clean_text(column_text(raw, name)) }}, '')
    {%- endif -%}
{%- endmacro %}

{# Clean text; placeholders such as N/A are null. Needs config_reading_rules. #}
{% macro read_known_text(raw, name) -%}
    {%- if name in raw.columns -%}
        {%- set text = read_text(raw, name) -%}
        case
            when not {{ is_listed('lower(' ~ text ~ ')', 'reading_rules.placeholders') }} then {{ text }}
        end
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# An id: 101.0, as a spreadsheet writes 101, is 101. Needs config_reading_rules. #}
{% macro read_id(raw, name) -%}
    {{ as_id(read_known_text(raw, name)) }}
{%- endmacro %}

{% macro as_id(text) -%}
    case
            when {{ text }} like '%.0%' and {{ has_match(text, '^[0-9]+[.]0+$') | trim }}
                then {{ replace_matches(text, '[.]0+$', '') | trim }}
            else {{ text }}
        end
{%- endmacro %}

{# The first e-mail address of a cell. Needs config_reading_rules. #}
{% macro read_email(raw, name) -%}
    {%- if name in raw.columns -%}
        {{ known_address(read_text(raw, name)) }}
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# The further e-mail addresses in a contact's cells, unchanged, separated by ;. #}
{% macro read_further_emails(raw) -%}
    {%- set further = read_known_text(raw, 'additional_emails') -%}
    {%- if 'email' not in raw.columns -%}
        {{ further }}
    {%- else -%}
        {%- set cell = read_text(raw, 'email') -%}
        nullif(concat(
            case
                when {{ has_match(cell, '@[^;,]*[;,][^@]*@') | trim }}
                    then concat({{ replace_matches(cell, '^[^@]*@[^;,]*[;,]', '') | trim }}, ';')
                else ''
            end,
            coalesce({{ further }}, '')
        ), '')
    {%- endif -%}
{%- endmacro %}

{# UTC timestamp; none before 1902 or after 2199. A day is its first moment in the reporting zone. #}
{% macro read_timestamp(raw, name) -%}
    {%- if name not in raw.columns -%}
        cast(null as timestamp)
    {%- elif is_utc_timestamp(raw, name) -%}
        {%- set column = quoted(raw.columns[name].name) -%}
        case when {{ is_readable_time(column) }} then {{ column }} end
    {%- elif raw.columns[name].data_type | lower == 'date' -%}
        {%- set column = 'cast(' ~ quoted(raw.columns[name].name) ~ ' as timestamp)' -%}
        case when {{ is_readable_time(column) }} then {{ first_moment(column) }} end
    {%- else -%}
        {{ written_time(read_text(raw, name)) }}
    {%- endif -%}
{%- endmacro %}

{# A time as people and CRMs write it. #}
{% macro written_time(text) -%}
    {%- set time = 'cast(' ~ try_timestamp(text) ~ ' as timestamp)' -%}
    {%- if reporting_timezone() == 'UTC' -%}
        {{ time }}
    {%- else -%}
        case
                when {{ has_match(text, '[0-9][ Tt]') | trim }} then {{ time }}
                else {{ first_moment(time) }}
            end
    {%- endif -%}
{%- endmacro %}

{# The UTC time at which a day, given as its midnight, begins in the reporting time zone. #}
{% macro first_moment(midnight) -%}
    {{ midnight if reporting_timezone() == 'UTC'
        else timestamp_of_microseconds(utc_microseconds(
            microseconds(midnight) | trim, text_literal(reporting_timezone())
        ) | trim) | trim }}
{%- endmacro %}

{# A time, or a yes, which means the time of the version. #}
{% macro read_time_or_yes(raw, name, version_time) -%}
    {%- if name not in raw.columns -%}
        cast(null as timestamp)
    {%- elif is_utc_timestamp(raw, name) or raw.columns[name].data_type | lower == 'date' -%}
        {{ read_timestamp(raw, name) }}
    {%- else -%}
        case
            when {{ read_boolean(raw, name) }} then {{ read_timestamp(raw, version_time) }}
            else {{ 'cast(null as timestamp)' if raw.columns[name].data_type | lower == 'boolean'
                else read_timestamp(raw, name) }}
        end
    {%- endif -%}
{%- endmacro %}

{% macro is_utc_timestamp(raw, name) %}
    {{ return(name in raw.columns and raw.columns[name].data_type | lower in utc_timestamp_types()) }}
{% endmacro %}

{# Whether a time is in the range that the project reads. #}
{% macro is_readable_time(time) -%}
    {{ time }} >= cast('1902-01-01' as timestamp) and {{ time }} < cast('2200-01-01' as timestamp)
{%- endmacro %}

{#
    The time of delivery by which rows are selected: the bare column if it is a timestamp, so that
    the engine can skip rows. It may then be out of the readable range.
#}
{% macro bare_delivery_time(raw, name) -%}
    {{ quoted(raw.columns[name].name) if is_utc_timestamp(raw, name) else read_timestamp(raw, name) }}
{%- endmacro %}

{# Calendar date; for a time, its day in the reporting time zone. #}
{% macro read_date(raw, name) -%}
    {{ local_date(read_timestamp(raw, name)) }}
{%- endmacro %}

{# A number as people and CRMs write it; none beyond 1e15. #}
{% macro read_number(raw, name) -%}
    {%- if name not in raw.columns -%}
        cast(null as decimal(28, 9))
    {%- elif raw.columns[name].data_type | lower in ['bigint', 'integer', 'smallint', 'tinyint', 'int', 'int64'] -%}
        {%- set column = quoted(raw.columns[name].name) -%}
        case
            when {{ column }} between -1000000000000000 and 1000000000000000
                then cast({{ column }} as decimal(28, 9))
        end
    {%- else -%}
        {{ written_number(read_text(raw, name)) }}
    {%- endif -%}
{%- endmacro %}

{% macro read_boolean(raw, name) -%}
    {%- if name in raw.columns and raw.columns[name].data_type | lower == 'boolean' -%}
        {{ quoted(raw.columns[name].name) }}
    {%- else -%}
        {{ try_boolean(read_text(raw, name)) }}
    {%- endif -%}
{%- endmacro %}
