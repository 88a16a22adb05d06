{#
    The rows of a staging CTE without the data of erased people: a row of an erased person retains
    only the columns in kept_columns. The CTE has erased_until, null for others.
#}
{% macro columns_without_erased(cte, columns) -%}
    {%- for name in columns -%}
    case when {{ cte }}.erased_until is null then {{ cte }}.{{ name }} end as {{ name }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#
    After a table in a from clause: the number of remembered keys of erased people. If there are
    none, nothing is hashed. (Not a CTE, because one that is read twice is computed with unneeded
    columns.)
#}
{% macro cross_join_remembered() -%}
    cross join (
        select count(*) as key_count
        from {{ ref('stg_erasure__erased_keys') }} as erased_keys
    ) as remembered
{%- endmacro %}

{#
    After a table in a from clause: the number of past and present requests. If there are none, no
    keys of people are needed.
#}
{% macro cross_join_askers() -%}
    cross join (
        select count(*) as asker_count
        from (
            select erasure_requests.requested_at as asked_at
            from {{ ref('stg_crm__erasure_requests') }} as erasure_requests
            union all
            select erased_keys.erased_until as asked_at
            from {{ ref('stg_erasure__erased_keys') }} as erased_keys
        ) as asked
    ) as askers
{%- endmacro %}

{#
    Whether anybody has ever asked to be erased, when a model is compiled: if nobody has, not even
    the raw rows are read. True in unit tests, and without a connection or tables.
#}
{% macro anybody_asked() %}
    {%- set requests = ref('stg_crm__erasure_requests') -%}
    {%- set keys = ref('stg_erasure__erased_keys') -%}
    {%- if not execute or not flags.INTROSPECT or '__dbt__cte__' in requests | string
        or load_relation(requests) is none or load_relation(keys) is none -%}
        {{ return(true) }}
    {%- endif -%}
    {{ return(run_query(
        'select 1 as one from ' ~ requests ~ ' union all select 1 as one from ' ~ keys ~ ' limit 1'
    ).rows | length > 0) }}
{% endmacro %}

{# When something was known; an unreadable time counts as before every request. #}
{% macro known_by(time) -%}
    coalesce({{ time }}, cast('1900-01-01' as timestamp))
{%- endmacro %}

{# The hashed id of an event with an erased row, which identifies its other versions. #}
{% macro event_hash(source_table, event_id) -%}
    {{ salted_hash('event', source_table ~ " || ' ' || " ~ event_id) }}
{%- endmacro %}

{#
    Whether the JSON of a rejected row may name people other than by its email: it has further
    addresses, for instance in a list or a link, which nobody compares with those of erased people.
#}
{% macro may_name_others(raw_row, email) -%}
    length({{ raw_row }}) - length(replace({{ raw_row }}, '@', ''))
            > case when {{ email }} is null then 0 else 1 end
{%- endmacro %}
