{#
    The rows of a staging CTE without what they say of erased people: of a row of an erased person
    only the columns named in kept_columns are left. The CTE has erased_until, null for others.
#}
{% macro columns_without_erased(cte, columns) -%}
    {%- for name in columns -%}
    case when {{ cte }}.erased_until is null then {{ cte }}.{{ name }} end as {{ name }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#
    To follow a table in a from clause: how many keys of erased people are remembered. Where there are
    none, nothing is hashed. (Not a CTE: what is read twice is computed with columns nobody asked for.)
#}
{% macro cross_join_remembered() -%}
    cross join (
        select count(*) as key_count
        from {{ ref('stg_erasure__erased_keys') }} as erased_keys
    ) as remembered
{%- endmacro %}

{#
    Likewise: how many requests there are or were. Where there are none, no keys of people are needed.
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

{# When something was known, where an unreadable time counts as before every request. #}
{% macro known_by(time) -%}
    coalesce({{ time }}, cast('1900-01-01' as timestamp))
{%- endmacro %}

{# What is left of the id of an event where a row of it was erased: other versions are found by it. #}
{% macro event_hash(source_table, event_id) -%}
    {{ salted_hash('event', source_table ~ " || ' ' || " ~ event_id) }}
{%- endmacro %}
