{#
    On run start, before dbt loads the seeds: an error that lists the files that dbt could not read,
    because it would name neither the file nor the fix. DuckDB only: other engines cannot read files
    of this machine. For them, and for files that are not UTF-8, which dbt cannot even parse, there
    is make check-config.
#}
{% macro check_files() %}
    {%- if execute and target.type == 'duckdb' and flags.WHICH in ['build', 'seed'] -%}
        {%- set seeds = {} -%}
        {%- for node in graph.nodes.values()
            if node.resource_type == 'seed' and node.unique_id in selected_resources -%}
            {%- do seeds.update({node.root_path ~ '/' ~ node.original_file_path: node}) -%}
        {%- endfor -%}
        {%- set mistakes = [] -%}
        {%- for path, seed in seeds.items() -%}
            {%- set text = run_query('select content from read_text(' ~ text_literal(path) ~ ')').rows[0][0] -%}
            {%- set mistake = unreadable_file_mistake(text, seed.columns.keys() | list) -%}
            {%- do mistakes.append(seed.original_file_path ~ mistake) if mistake -%}
        {%- endfor -%}
        {%- if mistakes -%}
            {{ exceptions.raise_compiler_error(
                "Files that cannot be loaded:\n- " ~ mistakes | sort | join("\n- ")
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{#
    The end of a sentence about a file that dbt cannot read, or ''. Rows are counted with the
    header, which is row 1; a row may have several lines in quotes.
#}
{% macro unreadable_file_mistake(text, columns) %}
    {%- set text = (text or '') | string -%}
    {%- set text = text.strip('\ufeff') -%}
    {%- if not text | trim -%}
        {{ return(' is empty; it needs at least its header: ' ~ columns | join(',') ~ '.') }}
    {%- endif -%}
    {%- set rows = modules.re.sub('"(?:[^"]|"")*"', '', text).split('\n') -%}
    {%- set header = rows[0].strip() -%}
    {%- set names = header | lower -%}
    {%- if '"' in rows | join or header.count(',') == 0 and columns | length == 1 -%}
        {{ return('') }}
    {%- endif -%}
    {%- set known = [] -%}
    {%- for name in columns if name in modules.re.split('[,;\t ]+', names) -%}
        {%- do known.append(name) -%}
    {%- endfor -%}
    {%- for row in rows if row.count(',') > header.count(',') -%}
        {%- if columns and not known -%}
            {{ return(', row 1 ("' ~ header[:40] ~ '") is not the header; delete the lines above the header.') }}
        {%- elif ',' not in header -%}
            {{ return(' has ' ~ ('tabs' if '\t' in header else 'semicolons')
                ~ ' between its cells; save it with commas.') }}
        {%- else -%}
            {%- set row_number = rows.index(row) + 1 -%}
            {%- set name = row.split(',')[0].strip()[:40] -%}
            {{ return(', row ' ~ row_number ~ (' (' ~ name ~ ')' if name else '') ~ ', has '
                ~ (row.count(',') + 1) ~ ' cells, the header ' ~ (header.count(',') + 1)
                ~ '; put cells with a comma in quotes.') }}
        {%- endif -%}
    {%- endfor -%}
    {{ return('') }}
{% endmacro %}
