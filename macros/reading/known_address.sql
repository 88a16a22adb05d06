{#
    The first e-mail address of a cell that may contain several, separated by ; or , and also
    written as Name <address>: in lower case, without quotes, mailto: and the like around it. Null
    if there is none or it is a placeholder. Needs config_reading_rules.
#}
{% macro known_address(text) -%}
    {%- set plain = '^[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9.-]*[A-Za-z0-9]$' -%}
    case
            when {{ text }} is null then null
            when {{ is_listed('lower(' ~ text ~ ')', 'reading_rules.placeholders') }} then null
            when {{ has_match(text, plain) | trim }} then lower({{ text }})
            else {{ written_address(text) }}
        end
{%- endmacro %}

{# The same without the check for placeholders. #}
{% macro written_address(text) -%}
    {#- Without invisible characters, and on one line: a regular expression's . matches no line end. -#}
    {%- set visible = composed_letters(
        'lower(translate(' ~ text ~ ', concat(chr(9), chr(10), chr(13), '
        ~ characters(['200B', '200C', '200D', '2060', 'FEFF']) ~ "), '   '))"
    ) | trim -%}
    {#- Pieces before the first one with an @, and all after it. -#}
    {%- set first_piece = replace_matches(
        replace_matches(visible, '^([^@;,]*[;,])+', '') | trim, '[;,].*$', ''
    ) | trim -%}
    {#- The name in front of the brackets may contain an @, too. -#}
    {%- set in_brackets = replace_matches(
        first_match(first_piece, '[^<]*@[^<]*$') | trim, '>.*$', ''
    ) | trim -%}
    {%- set bare = trim_around(
        replace_matches(trim_around(in_brackets), '^mailto:', '') | trim
    ) -%}
    nullif({{ first_match(bare, '^.*@.*$') | trim }}, '')
{%- endmacro %}

{# Text without quotes and white space around it, and without dots at its end. #}
{% macro trim_around(text) -%}
    {%- set marks = "concat(chr(9), chr(10), chr(13), chr(32), chr(34), chr(39), " ~ characters(
        ['0060', '00A0', '00AB', '00BB', '2018', '2019', '201A', '201C', '201D', '201E']
    ) ~ ")" -%}
    {{ adapter.dispatch('trim_marks', 'lead_scoring')(
        trim_end(text, 'concat(' ~ marks ~ ", '.')") | trim, marks
    ) | trim }}
{%- endmacro %}

{# A list with only ; between its items. #}
{% macro replace_commas(text) -%}
    replace({{ text }}, ',', ';')
{%- endmacro %}
