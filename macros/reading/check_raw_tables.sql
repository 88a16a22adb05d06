{#
    Before a run: stops it if a raw table lacks a required column, has no readable value in one, or
    has lost more of its rows than the var allowed_shrinkage allows. Otherwise a loader's mistake
    would permanently delete stored data. A table without rows is assumed to be about to be filled.
#}
{% macro check_raw_tables() %}
    {%- set held_rows = {
        'contacts': ['contact_id', held_keys_query(ref('stg_crm__contact_versions'), 'contact_id')],
        'companies': ['company_id', held_keys_query(ref('stg_crm__company_versions'), 'company_id')],
        'deals': ['deal_id', held_keys_query(ref('stg_crm__deal_versions'), 'deal_id')],
    } -%}
    {%- for schema_name, table in activity_tables() -%}
        {%- do held_rows.update({table: [none, held_activities_query(ref('int_activity_log'), table)]}) -%}
    {%- endfor -%}
    {%- set placeholder_words = ref('placeholder_words') -%}
    {%- if execute and flags.WHICH in ['build', 'run'] and flags.INTROSPECT -%}
        {%- set raw_columns = {} -%}
        {%- for node in graph.sources.values() -%}
            {%- set raw = raw_table_of(node) -%}
            {%- do raw_columns.update({raw.relation | string: raw.columns}) -%}
            {%- if raw.columns -%}
                {%- do check_required_columns(
                    raw, node.config.meta.required, load_relation(placeholder_words)
                ) -%}
                {%- set key, query = held_rows.get(node.name, [none, none]) -%}
                {%- do check_shrinkage(raw, key, query) if query is not none -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do remember('raw_columns', raw_columns) -%}
    {%- endif -%}
{% endmacro %}

{% macro raw_table_of(node) %}
    {%- set relation = api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.identifier
    ) -%}
    {{ return({
        'name': node.schema ~ '.' ~ node.name,
        'relation': relation,
        'columns': raw_columns(relation),
    }) }}
{% endmacro %}

{% macro check_required_columns(raw, required, placeholder_words) %}
    {%- set found = run_query(
        readable_columns_query(raw, required | select('in', raw.columns) | list, placeholder_words)
    ).rows[0] -%}
    {%- for name in required if found[0] > 0 and name not in raw.columns -%}
        {{ exceptions.raise_compiler_error(
            "The raw table " ~ raw.name ~ " has no column " ~ name ~ ", which is required: "
            ~ "nothing is read or written until it is back."
        ) }}
    {%- endfor -%}
    {%- for name in required if found[0] > 0 and found[name] == 0 -%}
        {{ exceptions.raise_compiler_error(
            "The column " ~ name ~ " of the raw table " ~ raw.name ~ " is required, but no row has a "
            ~ "readable value in it: nothing is read or written until one has."
        ) }}
    {%- endfor -%}
{% endmacro %}

{# Whether there is a row, and one with a readable value of each column: 1 or 0. #}
{% macro readable_columns_query(raw, names, placeholder_words) -%}
select
    (select count(*) from (select 1 as one_row from {{ raw.relation }} limit 1) as any_rows) as rows_found
    {%- for name in names %},
    (
        select count(*)
        from (
            select 1 as one_row
            from {{ raw.relation }}
            where {{ is_readable(raw, name, placeholder_words) }}
            limit 1
        ) as readable_rows
    ) as {{ name }}
    {%- endfor %}
{%- endmacro %}

{# Whether a required column has a value. Before the first seeds, the usual placeholders count. #}
{% macro is_readable(raw, name, placeholder_words) -%}
    {%- set closed_names = event_names(raw.name.split('.')[-1] | replace('_events', '')) -%}
    {%- if name.endswith('_at') -%}
        {{ read_timestamp(raw, name) }} is not null
    {%- elif name.endswith('_id') -%}
        lower({{ read_text(raw, name) }}) not in (
                {%- if placeholder_words is none -%}
                '-', 'n/a', 'na', 'nan', 'none', 'select', 'unknown'
                {%- else %}
                select lower(words.placeholder) from {{ placeholder_words }} as words
                where words.placeholder is not null
                {%- endif %}
            )
            and lower({{ read_text(raw, name) }}) <> 'null'
    {%- elif name == 'event_name' and closed_names -%}
        {#- In a table of a few rows, all of them may be slips, which are rejected. -#}
        (
                lower({{ read_text(raw, name) }}) in ({{ as_literals(closed_names) }})
                or (select count(*) from (select 1 as one_row from {{ raw.relation }} limit 10) as few_rows) < 10
            )
    {%- else -%}
        {{ read_text(raw, name) }} is not null
    {%- endif -%}
{%- endmacro %}

{% macro check_shrinkage(raw, key, held_query) %}
    {%- set held_relation = load_relation(held_query.relation) -%}
    {%- if held_relation is not none -%}
        {%- set rows = run_query(
            'select count(' ~ ('distinct ' ~ read_text(raw, key) if key else '*') ~ ') from ' ~ raw.relation
        ).columns[0].values()[0] -%}
        {%- set held = (run_query(held_query.sql).columns[0].values()[0] or 0) | int -%}
        {#- In a table of a few rows, losing most of them is normal. -#}
        {%- if rows > 0 and held >= 10 and rows < held * (1 - (var('allowed_shrinkage') | float)) -%}
            {{ exceptions.raise_compiler_error(
                "The raw table " ~ raw.name ~ " has " ~ rows ~ " " ~ (key ~ "s" if key else "rows")
                ~ " where the project holds " ~ held ~ ", and the var allowed_shrinkage is "
                ~ var('allowed_shrinkage') ~ ": if you deleted the others on purpose, run once with "
                ~ "--vars 'allowed_shrinkage: 1'."
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{% macro held_keys_query(versions, key) %}
    {{ return({
        'relation': versions,
        'sql': 'select count(distinct ' ~ key ~ ') from ' ~ versions,
    }) }}
{% endmacro %}

{% macro held_activities_query(activity_log, table) %}
    {{ return({
        'relation': activity_log,
        'sql': "select sum(row_count) from " ~ activity_log ~ " where source_table = '" ~ table ~ "'",
    }) }}
{% endmacro %}
