{#
    Text without control characters, except tabs and line ends inside it, and without white space
    around it: Unicode's, so no-break and thin spaces, too.
#}
{% macro clean_text(text) %}
    {{- return(adapter.dispatch('clean_text', 'lead_scoring')(text)) -}}
{% endmacro %}

{% macro duckdb__clean_text(text) -%}
    {%- set cut = '\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x{84}\\x{86}-\\x{9f}' -%}
    {%- set around = '[ \\t\\n\\r\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}' ~ cut ~ ']+' -%}
    regexp_replace({{ text }}, '^{{ around }}|{{ around }}$|[{{ cut }}]', '', 'g')
{%- endmacro %}

{% macro postgres__clean_text(text) -%}
    {%- set cut = '\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f' -%}
    {%- set around = '[ \\t\\n\\r\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000' ~ cut ~ ']+' -%}
    regexp_replace({{ text }}, '^{{ around }}|{{ around }}$|[{{ cut }}]', '', 'g')
{%- endmacro %}

{% macro spark__clean_text(text) -%}
    {%- set cut = '\\\\u0000-\\\\u0008\\\\u000b\\\\u000c\\\\u000e-\\\\u001f\\\\u007f-\\\\u0084\\\\u0086-\\\\u009f' -%}
    {%- set around = '[ \\\\t\\\\n\\\\r\\\\u0085\\\\u00a0\\\\u1680\\\\u2000-\\\\u200a\\\\u2028\\\\u2029\\\\u202f\\\\u205f\\\\u3000' ~ cut ~ ']+' -%}
    regexp_replace({{ text }}, '^{{ around }}|{{ around }}\\z|[{{ cut }}]', '')
{%- endmacro %}

{% macro snowflake__clean_text(text) -%}
    {%- set cut = [] -%}
    {%- for number in range(1, 160) if number not in [9, 10, 13, 133] and (number < 32 or number > 126) -%}
        {%- do cut.append('chr(' ~ number ~ ')') -%}
    {%- endfor -%}
    trim(
        translate({{ text }}, concat({{ cut | join(', ') }}), ''),
        concat(' ', chr(9), chr(10), chr(13), chr(133), chr(160), {{ characters([
            '1680', '2000', '2001', '2002', '2003', '2004', '2005', '2006', '2007', '2008', '2009',
            '200A', '2028', '2029', '202F', '205F', '3000',
        ]) }})
    )
{%- endmacro %}

{% macro bigquery__clean_text(text) -%}
    {%- set cut = '\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x{84}\\x{86}-\\x{9f}' -%}
    {%- set around = '[ \\t\\n\\r\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}' ~ cut ~ ']+' -%}
    regexp_replace({{ text }}, r'^{{ around }}|{{ around }}$|[{{ cut }}]', '')
{%- endmacro %}
