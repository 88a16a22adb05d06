{#
    CTEs that end with people [contact_hash, requested_at]: everyone linked, directly or through
    others, with the named_people at the time of their request. before: the beginning of the query,
    with the CTEs named_people and links.
#}
{% macro linked_people(before) %}
    {{- return(adapter.dispatch('linked_people', 'lead_scoring')(before)) -}}
{% endmacro %}

{# The beginning of a query that uses linked_people. #}
{% macro with_recursion() -%}
    {{ 'with recursive' if target.type in ['duckdb', 'postgres'] else 'with' }}
{%- endmacro %}

{% macro duckdb__linked_people(before) -%}
people as (
    select * from named_people

    union

    select
        links.to_hash as contact_hash,
        people.requested_at
    from people
    inner join links
        on
            people.contact_hash = links.from_hash
            and people.requested_at >= links.starts_at
            and people.requested_at < links.ends_at
)
{%- endmacro %}

{% macro postgres__linked_people(before) -%}
    {{ duckdb__linked_people(before) }}
{%- endmacro %}

{#
    For engines whose recursive queries cannot drop duplicates: as many joins as it takes to find
    nobody new. Their number is queried while the model is compiled.
#}
{% macro default__linked_people(before) -%}
    {%- set rounds = namespace(number=1, people=-1, is_over=not execute or not flags.INTROSPECT) -%}
    {%- for round in range(1, 1000) if not rounds.is_over -%}
        {%- set people = run_query(
            before ~ people_after_rounds(round) ~ ' select count(*) from people'
        ).columns[0].values()[0] | int -%}
        {%- set rounds.is_over = people == rounds.people -%}
        {%- set rounds.number = round -%}
        {%- set rounds.people = people -%}
    {%- endfor -%}
    {{ people_after_rounds(rounds.number) }}
{%- endmacro %}

{# Everyone linked with the named_people through at most `number` others. #}
{% macro people_after_rounds(number) -%}
steps as (
    select false as goes_on
    union all
    select true as goes_on
),
{% for round in range(number + 1) %}
people_{{ round }} as (
    select distinct
        case
            when steps.goes_on then links.to_hash
            else linked.contact_hash
        end as contact_hash,
        linked.requested_at
    from {{ 'named_people' if loop.first else 'people_' ~ (round - 1) }} as linked
    cross join steps
    left join links
        on
            steps.goes_on
            and linked.contact_hash = links.from_hash
            and linked.requested_at >= links.starts_at
            and linked.requested_at < links.ends_at
    where not steps.goes_on or links.to_hash is not null
),
{% endfor %}
people as (
    select * from people_{{ number }}
)
{%- endmacro %}
