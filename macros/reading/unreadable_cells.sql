{#
    The columns of a staged row whose filled raw cell could not be read, as a `;` list of
    column=pattern: letters are a, digits are 9, so that it reveals no personal data. Null if there
    are none. cte: has the columns and the bare_columns. Needs config_reading_rules.
#}
{% macro unreadable_cells(raw, cte, columns) -%}
    {%- set found = [] -%}
    {%- for name, column in raw.columns.items() -%}
        {%- if name in columns -%}
            {%- set cell = cte ~ '.cell_' ~ loop.index -%}
            {%- set text = cell if is_read_as_text(column)
                else 'cast(' ~ cell ~ ' as ' ~ dbt.type_string() ~ ')' -%}
            {%- do found.append(unreadable_cell(cte ~ '.' ~ name, name, text) | trim) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if found -%}
        nullif(concat({{ found | join(', ') }}), '')
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}

{% macro unreadable_cell(value, name, text) -%}
    case
                when
                    {% if name == 'additional_emails' -%}
                    {{ text }} not like '%@%'
                    {%- else -%}
                    {{ value }} is null
                    {%- endif %}
                    and {{ text }} is not null
                    and not {{ is_listed('lower(' ~ text ~ ')', 'reading_rules.placeholders') }}
                    {%- if name in ['unsubscribed_at', 'deleted_at'] %}
                    and {{ try_boolean(text) | trim }} is null
                    {%- endif %}
                    then concat('{{ name }}=', {{ pattern_of(text) }}, ';')
                else ''
            end
{%- endmacro %}

{# The first characters of a text with letters as a and digits as 9. #}
{% macro pattern_of(text) -%}
    {{ replace_matches(
        replace_matches('substring(' ~ text ~ ', 1, 30)', '[^0-9 .,:/+%$€<>()@_-]', 'a') | trim, '[0-9]', '9'
    ) | trim }}
{%- endmacro %}
