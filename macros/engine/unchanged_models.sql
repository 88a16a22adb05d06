{#
    DuckDB only: a run skips a model whose compiled SQL (which contains the as-of day), hooks,
    contract and inputs are the same as in its last build. A model that reads a raw table of
    activity, the time or a random value, or whose meta says is_always_built, is never skipped; a
    model whose meta has raw_rows_are_compared_in also reads the model named there, which changes
    whenever it would find other raw rows. --full-refresh skips nothing. The table in model_builds.sql records
    the last builds.
#}

{#
    For the materialization of the current model: a dict of
    is_unchanged  whether to skip it
    inputs_hash   of everything that it is built from; none if unknown
    table_hash    of its current table; none if unknown
#}
{% macro build_state(existing) %}
    {%- set inputs = {} -%}
    {%- set is_known = not (flags.DEFER or reads_time_or_random(sql)) and add_inputs(
        model.depends_on.nodes, inputs
    ) -%}
    {%- set own = {model.name: model} if existing is not none else {} -%}
    {%- set looked_up = dict(inputs, **own) if is_known else own -%}
    {%- set state = namespace(is_known=is_known, table_hash=none, last_inputs_hash=none) -%}
    {%- set parts = [
        sql, model.contract.checksum | default(''), model.config['pre-hook'], model.config['post-hook'],
    ] -%}
    {%- for build in last_builds(looked_up) | sort(attribute='model') -%}
        {%- if build.model == model.name -%}
            {%- set state.table_hash = build.table_hash -%}
            {%- set state.last_inputs_hash = build.inputs_hash -%}
        {%- else -%}
            {%- if build.table_hash is none -%}{%- set state.is_known = false -%}{%- endif -%}
            {%- do parts.append([build.model, build.table_hash, build.row_count]) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- Nothing is known of a table after people were erased from it. -#}
    {%- set are_all_known = state.is_known and parts | length == 4 + inputs | length -%}
    {%- set inputs_hash = local_md5(parts | string) if are_all_known else none -%}
    {{ return({
        'inputs_hash': inputs_hash,
        'table_hash': state.table_hash,
        'is_unchanged': inputs_hash is not none and inputs_hash == state.last_inputs_hash
            and not flags.FULL_REFRESH and not model.config.meta.is_always_built,
    }) }}
{% endmacro %}

{#
    Adds the stored nodes that a model reads to the dict, looking through ephemeral models and
    views; returns false if one is a raw table that is not compared as a whole. A model may name a
    raw table only for its columns; a view is taken to read those that it names.
#}
{% macro add_inputs(unique_ids, inputs, is_in_view=false) %}
    {%- set found = namespace(are_all_known=true) -%}
    {%- for unique_id in unique_ids -%}
        {%- set node = graph.nodes.get(unique_id) -%}
        {%- if node is none -%}
            {%- set raw = graph.sources[unique_id] -%}
            {%- if raw.relation_name in sql or is_in_view and raw_table_of(raw).columns -%}
                {%- if is_compared_as_a_whole(raw) -%}
                    {#- No model has this name: a model's name has no dot. -#}
                    {%- do inputs.update({raw.schema ~ '.' ~ raw.name: raw}) -%}
                {%- elif not model.config.meta.raw_rows_are_compared_in -%}
                    {%- set found.are_all_known = false -%}
                {%- endif -%}
            {%- endif -%}
        {%- elif node.name not in inputs -%}
            {%- set is_view = node.config.materialized == 'view' -%}
            {%- if (is_view or node.config.materialized == 'ephemeral')
                and not add_inputs(node.depends_on.nodes, inputs, is_in_view or is_view) -%}
                {%- set found.are_all_known = false -%}
            {%- endif -%}
            {%- if node.config.materialized != 'ephemeral'
                and (unique_id in selected_resources or is_built(node)) -%}
                {%- do inputs.update({node.name: node}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.are_all_known) }}
{% endmacro %}

{#
    False for a model that is referenced only to order the run and that no run has built. What this
    run selects is built before its readers.
#}
{% macro is_built(node) %}
    {{ return(load_cached_relation(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.alias
    )) is not none) }}
{% endmacro %}

{# Also true for a file that is read by its name, but not for a sentence that ends with from. #}
{% macro reads_time_or_random(sql) %}
    {{ return(modules.re.search(
        '(?i)\\b(now|today|age|random|uuid|uuidv4|uuidv7|gen_random_uuid|nextval|glob|read_[a-z_]+|[a-z_]+_scan'
        ~ '|get_current_timestamp|get_current_time|transaction_timestamp) *\\('
        ~ '|\\b(current_date|current_time|current_timestamp|current_localtime|current_localtimestamp'
        ~ '|localtime|localtimestamp|tablesample)\\b|\\b(from|join) +\'(?!\\s*\\|\\|)', sql
    ) is not none) }}
{% endmacro %}

{# What a materialization returns for a skipped model. #}
{% macro skip_unchanged(relation) %}
    {%- call noop_statement('main', 'UNCHANGED', 'UNCHANGED') -%}
        {{ sql }}
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
