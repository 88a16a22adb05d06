{#
    How a raw column is read. A column that the raw table lacks reads as null. The macros expect
    the CTE `placeholders` (model placeholder_list) in scope where they say so.
#}

{# A raw column as text; whole numbers of inexact columns lose their .0, so that ids match. #}
{% macro column_text(raw, name) -%}
    {%- set column = raw.columns[name] -%}
    {%- if (column.data_type | lower)[:4] in ['doub', 'floa', 'real', 'deci', 'nume'] -%}
        {{ inexact_as_text(quoted(column.name)) }}
    {%- else -%}
        {{ with_letters('cast(' ~ quoted(column.name) ~ ' as ' ~ dbt.type_string() ~ ')') }}
    {%- endif -%}
{%- endmacro %}

{# Trimmed text; empty text is null. #}
{% macro read_text(raw, name) -%}
    {%- if name in raw.columns -%}
        nullif({{ trim_text(column_text(raw, name)) }}, '')
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# Trimmed text; placeholders such as N/A are null. Needs placeholders. #}
{% macro read_known_text(raw, name) -%}
    {%- if name in raw.columns -%}
        {%- set text = trim_text(column_text(raw, name)) -%}
        case
            when {{ dbt.position(
                "concat(chr(31), lower(" ~ text ~ "), chr(31))", 'placeholders.word_list'
            ) | trim }} = 0
                then {{ text }}
        end
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{# E-mail address in lower case. Needs placeholders. #}
{% macro read_email(raw, name) -%}
    lower({{ read_known_text(raw, name) }})
{%- endmacro %}

{# UTC timestamp. #}
{% macro read_timestamp(raw, name) -%}
    {%- set data_type = raw.columns[name].data_type | lower if name in raw.columns else '' -%}
    {%- if data_type in utc_timestamp_types() -%}
        {%- set column = quoted(raw.columns[name].name) -%}
        case when {{ is_finite(column) }} then {{ column }} end
    {%- else -%}
        cast({{ try_timestamp(read_text(raw, name)) }} as timestamp)
    {%- endif -%}
{%- endmacro %}

{#
    The time of delivery: the bare column where it is a timestamp already, so that the engine can
    skip rows by it. It may then be infinite, which staging rejects.
#}
{% macro read_delivery_time(raw, name) -%}
    {%- set data_type = raw.columns[name].data_type | lower if name in raw.columns else '' -%}
    {%- if data_type in utc_timestamp_types() -%}
        {{ quoted(raw.columns[name].name) }}
    {%- else -%}
        {{ read_timestamp(raw, name) }}
    {%- endif -%}
{%- endmacro %}

{# Calendar date; of a timestamp its UTC day. #}
{% macro read_date(raw, name) -%}
    cast({{ read_timestamp(raw, name) }} as date)
{%- endmacro %}

{% macro read_number(raw, name) -%}
    cast({{ try_number(read_text(raw, name)) }} as decimal(28, 9))
{%- endmacro %}

{% macro read_boolean(raw, name) -%}
    {{ try_boolean(read_text(raw, name)) }}
{%- endmacro %}
