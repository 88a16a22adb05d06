{#
    Whether one hash stands for a raw table: those of the CRM, other than activities. Tables whose
    rows say when they were loaded grow, and are read by what is new in them.
#}
{% macro is_compared_as_a_whole(source_node) %}
    {%- set required = source_node.config.meta.required or [] -%}
    {{ return(required != [] and 'loaded_at' not in required) }}
{% endmacro %}

{#
    Whether no build records the table's hash: a raw table, a seed, or a table that hooks of other
    models write to.
#}
{% macro is_hashed_by_readers(node) %}
    {{ return(
        node.resource_type in ['source', 'seed'] or (node.config.meta.is_written_elsewhere or false)
    ) }}
{% endmacro %}

{#
    Publishing a day changes nothing for other runs of that day. The meta compares_other_days lists
    the columns that results depend on.
#}
{% macro compared_rows(node) -%}
    {%- set columns = node.config.meta.compares_other_days -%}
    {%- if columns -%}
        (select {{ columns | join(', ') }} from {{ node.relation_name }} where as_of <> {{ as_of() }})
    {%- else -%}
        {{ node.relation_name }}
    {%- endif -%}
{%- endmacro %}

{# Null for a large table, unless no row count would show that it has changed. #}
{% macro hash_if_small(node) -%}
    {%- if node.config.meta.compares_other_days -%}
        (select {{ hash_of_rows() }} from {{ compared_rows(node) }} as hashed_row)
    {%- else -%}
        (
            select
                case
                    when count(*) = (select count(*) from {{ compared_rows(node) }})
                        then {{ hash_of_rows() }}
                end
            from (
                select * from {{ compared_rows(node) }}
                limit (
                    select case when count(*) <= {{ small_table_rows() }} then count(*) else 0 end
                    from {{ compared_rows(node) }}
                )
            ) as hashed_row
        )
    {%- endif -%}
{%- endmacro %}

{# Hash of the columns and rows of the table in scope as hashed_row, in whatever order. #}
{% macro hash_of_rows() -%}
    md5(typeof(any_value(hashed_row)) || ' ' || coalesce(sum(hash(hashed_row)), 0))
{%- endmacro %}
