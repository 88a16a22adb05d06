{#
    How a raw column is read. A column that the raw table lacks reads as null. The macros expect
    the CTE `config_reading_rules` in scope where they say so.
#}

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
    {%- if name in raw.columns -%}
        nullif({{ clean_text(column_text(raw, name)) }}, '')
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# Clean text; placeholders such as N/A are null. Needs config_reading_rules. #}
{% macro read_known_text(raw, name) -%}
    {%- if name in raw.columns -%}
        {%- set text = clean_text(column_text(raw, name)) -%}
        case
            when not {{ is_listed('lower(' ~ text ~ ')', 'reading_rules.placeholders') }} then {{ text }}
        end
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# E-mail address in lower case. Needs config_reading_rules. #}
{% macro read_email(raw, name) -%}
    lower({{ read_known_text(raw, name) }})
{%- endmacro %}

{# UTC timestamp; none before 1902 or after 2199, nor an infinite one. #}
{% macro read_timestamp(raw, name) -%}
    {%- if name not in raw.columns -%}
        cast(null as timestamp)
    {%- elif is_utc_timestamp(raw, name) -%}
        {%- set column = quoted(raw.columns[name].name) -%}
        case when {{ is_readable_time(column) }} then {{ column }} end
    {%- elif raw.columns[name].data_type | lower == 'date' -%}
        {%- set column = 'cast(' ~ quoted(raw.columns[name].name) ~ ' as timestamp)' -%}
        case when {{ is_readable_time(column) }} then {{ column }} end
    {%- else -%}
        cast({{ try_timestamp(read_text(raw, name)) }} as timestamp)
    {%- endif -%}
{%- endmacro %}

{% macro is_utc_timestamp(raw, name) %}
    {{ return(name in raw.columns and raw.columns[name].data_type | lower in utc_timestamp_types()) }}
{% endmacro %}

{# Whether a time is one that the project reads. #}
{% macro is_readable_time(time) -%}
    {{ time }} >= cast('1902-01-01' as timestamp) and {{ time }} < cast('2200-01-01' as timestamp)
{%- endmacro %}

{#
    The time of delivery that rows are chosen by: the bare column where it is a timestamp, so that the
    engine can skip rows by it. It may then be one that is not readable.
#}
{% macro bare_delivery_time(raw, name) -%}
    {{ quoted(raw.columns[name].name) if is_utc_timestamp(raw, name) else read_timestamp(raw, name) }}
{%- endmacro %}

{# Calendar date; of a timestamp its UTC day. #}
{% macro read_date(raw, name) -%}
    cast({{ read_timestamp(raw, name) }} as date)
{%- endmacro %}

{% macro read_number(raw, name) -%}
    {%- if name not in raw.columns -%}
        cast(null as decimal(28, 9))
    {%- elif raw.columns[name].data_type | lower in ['bigint', 'integer', 'smallint', 'tinyint', 'int', 'int64'] -%}
        cast({{ quoted(raw.columns[name].name) }} as decimal(28, 9))
    {%- else -%}
        cast({{ try_number(read_text(raw, name)) }} as decimal(28, 9))
    {%- endif -%}
{%- endmacro %}

{% macro read_boolean(raw, name) -%}
    {%- if name in raw.columns and raw.columns[name].data_type | lower == 'boolean' -%}
        {{ quoted(raw.columns[name].name) }}
    {%- else -%}
        {{ try_boolean(read_text(raw, name)) }}
    {%- endif -%}
{%- endmacro %}
