{#
    Checks before and after a seed is loaded. dbt writes a file's column names into SQL and guesses
    the types of unexpected columns, so the names are checked first.
#}

{# Before the load: an error that lists mistakes in the header and swallowed rows. #}
{% macro check_file() %}
    {%- if execute -%}
        {%- set file = load_result('agate_table').table -%}
        {#- a result can be loaded only once, and dbt needs it later -#}
        {%- do store_result('agate_table', response='OK', agate_table=file) -%}
        {%- set mistakes = header_mistakes(file.column_names) + line_break_mistakes(file) -%}
        {%- if mistakes -%}
            {{ exceptions.raise_compiler_error(
                "The file has " ~ (mistakes | length)
                ~ (" mistakes" if mistakes | length > 1 else " mistake") ~ ":\n- "
                ~ mistakes | join("\n- ")
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{# Sentences about columns that would be misread, or that may be misspelt. #}
{% macro header_mistakes(names) %}
    {%- set found = namespace(mistakes=[], unknown=[], missing=model.columns.keys() | list) -%}
    {%- set place = model.original_file_path ~ ', row 1 (the header): ' -%}
    {%- for name in names -%}
        {%- set shown = modules.re.sub('\\s+', ' ', name)[:40] -%}
        {%- set plain = modules.re.sub('[\\s_-]+', '_', name.strip('\ufeff "\t\r\n') | lower) -%}
        {%- set copied = modules.re.sub('_[0-9]+$', '', name) -%}
        {%- if name in found.missing -%}
            {%- do found.missing.remove(name) -%}
        {%- elif plain in model.columns and plain not in names -%}
            {%- do found.missing.remove(plain) if plain in found.missing -%}
            {%- do found.mistakes.append('the column "' ~ shown ~ '" is not known; write ' ~ plain) -%}
        {%- elif plain in model.columns or copied in model.columns -%}
            {%- do found.mistakes.append(
                'the column ' ~ (plain if plain in model.columns else copied)
                ~ ' appears twice; delete one of them'
            ) -%}
        {%- elif names | length == 1 and (';' in name or '\t' in name) -%}
            {%- do found.mistakes.append(
                'columns are separated by ' ~ (';' if ';' in name else 'tabs')
                ~ ', not by commas; save it with commas'
            ) -%}
        {%- elif not modules.re.match('^\\w[\\w -]*$', name) -%}
            {%- do found.mistakes.append(
                'the name of the column "' ~ shown ~ '" may contain only letters, digits, spaces, '
                ~ '- and _; rename or delete it'
            ) -%}
        {%- else -%}
            {%- do found.unknown.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- A missing column reads as empty, unless an unknown one may be it, misspelt. -#}
    {%- set needs_all = 'normalisation' in model.original_file_path -%}
    {%- set expected = found.missing if needs_all else [] -%}
    {%- set misspelt = found.unknown if needs_all else [] -%}
    {%- for name in found.missing if not needs_all -%}
        {%- for other in found.unknown if are_alike(name, other) -%}
            {%- do expected.append(name) if name not in expected -%}
            {%- do misspelt.append(other) if other not in misspelt -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if found.missing | length == model.columns | length and not found.mistakes -%}
        {%- do found.mistakes.append(
            'it is not the header, which has ' ~ found.missing | join(', ')
            ~ '; delete the lines above the header'
        ) -%}
    {%- elif expected -%}
        {%- do found.mistakes.append(
            'the column ' ~ expected | join(', ') ~ ' is missing'
            ~ (' and "' ~ misspelt | join('", "') ~ '" is not known' if misspelt else '')
            ~ '; add it' ~ (', or rename the other' if misspelt else '')
        ) -%}
    {%- endif -%}
    {%- set sentences = [] -%}
    {%- for mistake in found.mistakes -%}{%- do sentences.append(place ~ mistake ~ '.') -%}{%- endfor -%}
    {{ return(sentences) }}
{% endmacro %}

{# Whether two names have the same letters, but for three. #}
{% macro are_alike(one, other) %}
    {%- set letters = namespace(differing=0) -%}
    {%- for letter in (one ~ other) | list | unique -%}
        {%- set letters.differing = letters.differing + (one.count(letter) - other.count(letter)) | abs -%}
    {%- endfor -%}
    {{ return(letters.differing <= 3) }}
{% endmacro %}

{#
    Sentences about cells with line breaks in a one-line column, or around what looks like further
    rows: they come from an unclosed quote.
#}
{% macro line_break_mistakes(file) %}
    {%- set sentences = [] -%}
    {%- set commas = file.column_names | length - 1 -%}
    {%- for row in file.rows -%}
        {%- set row_number = loop.index + 1 -%}
        {%- for name in file.column_names if row[name] is string and '\n' in row[name].strip() -%}
            {%- set cell = row[name] -%}
            {%- set rows = [] -%}
            {%- for line in cell.split('\n')[1:] if line.count(',') >= commas -%}
                {%- do rows.append(line) -%}
            {%- endfor -%}
            {%- if rows or name in model.columns and name not in ['description', 'action'] -%}
                {%- do sentences.append(
                    model.original_file_path ~ ', row ' ~ row_number ~ ': the cell of ' ~ name
                    ~ ' starting with "' ~ cell.split('\n')[0][:40]
                    ~ '" goes on over the end of its line; close its quote (") or remove the line break.'
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(sentences) }}
{% endmacro %}

{# After the load: a column that is absent is empty; an empty line, or a row of empty cells, is no row. #}
{% macro complete_file() %}
    {%- set present = [] -%}
    {%- if execute and flags.INTROSPECT -%}
        {%- for column in adapter.get_columns_in_relation(this) -%}
            {%- do present.append(column.name) -%}
        {%- endfor -%}
        {%- for name in model.columns if name not in present -%}
            {%- do run_query(
                'alter table ' ~ this ~ ' add column ' ~ adapter.quote(name) ~ ' ' ~ dbt.type_string()
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set cells = [] -%}
    {%- for name in model.columns -%}{%- do cells.append(cell(name)) -%}{%- endfor -%}
    delete from {{ this }}
    where coalesce({{ cells | join(', ') }}, null) is null
{% endmacro %}
