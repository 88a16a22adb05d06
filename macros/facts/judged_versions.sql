{#
    The CTE judged_versions: what becomes of each row of the CTE marked_versions, which has
    activity_row_columns, row_count, event_word and is_repeated. Repeats, equal in all that is read of them, are one row with a count;
    only events that were delivered more than once are compared.
#}
{% macro judged_versions() -%}
{%- set columns = activity_row_columns() -%}
counted_versions as (
    select
        {{ prefixed('marked_versions', columns) | join(',\n        ') }},
        marked_versions.event_word,
        sum(marked_versions.row_count) as row_count
    from marked_versions
    where marked_versions.is_repeated
    group by
        {{ prefixed('marked_versions', columns) | join(',\n        ') }},
        marked_versions.event_word
),

ranked_versions as (
    select
        counted_versions.*,
        row_number() over (
            partition by counted_versions.source_table, counted_versions.event_word
            order by
                case when counted_versions.rejection_reason is null then 0 else 1 end asc,
                counted_versions.loaded_at desc,
                {{ content_order('counted_versions') }}
        ) as version_rank
    from counted_versions
),

judged_versions as (
    select
        {{ prefixed('marked_versions', columns) | join(',\n        ') }},
        marked_versions.row_count,
        case
            when marked_versions.erased_until is not null then 'erased'
            when marked_versions.rejection_reason is not null then 'rejected'
            else 'used'
        end as row_status
    from marked_versions
    where not marked_versions.is_repeated

    union all

    select
        {{ prefixed('ranked_versions', columns) | join(',\n        ') }},
        cast(ranked_versions.row_count as bigint) as row_count,
        case
            when ranked_versions.erased_until is not null then 'erased'
            when ranked_versions.rejection_reason is not null then 'rejected'
            when ranked_versions.version_rank = 1 then 'used'
            else 'superseded'
        end as row_status
    from ranked_versions
)
{%- endmacro %}

{#
    How versions of an event that came at the same time follow each other: by what is read of them,
    the same way in whatever order they came.
#}
{% macro content_order(cte) -%}
    {%- for name in activity_content_columns() -%}
        {%- set column = cte ~ '.' ~ name -%}
        {%- if name in ['occurred_at'] + identity_columns()[3:] + ['duration_seconds', 'percent_complete', 'quantity'] -%}
            case when {{ column }} is null then 0 else 1 end, {{ column }}
        {%- else -%}
            {{ byte_order("coalesce(" ~ column ~ ", '')") }}
        {%- endif -%}
        {{ ',\n                ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#
    Which rows are versions of one event: those with its id. Once somebody was erased, those with the
    hash of its id, as an erased row keeps nothing else.
#}
{% macro event_word(cte, remembered) -%}
    case
            when {{ remembered }}.key_count > 0 and {{ cte }}.erased_until is null
                then {{ event_hash(cte ~ '.source_table', cte ~ '.event_id') }}
            else {{ cte }}.event_id
        end
{%- endmacro %}
