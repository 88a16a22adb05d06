{#
    Every version of a CRM row that was ever delivered, for an incremental model that survives a
    full refresh: versions that the loader overwrote stay; keys that the raw table no longer has are
    deleted. Among rows with equal key and updated_at, the one loaded last is the version (an empty
    loaded_at comes last), then one that is still in the raw table, then the first by its content
    (filled before empty, then in byte order): documented columns first, then custom attributes.
    may_be_erased: whether the staging model marks rows of erased people (erased_until).
#}
{% macro versions_seen(staging_model, key, columns, may_be_erased=false) %}
{%- set read_columns = [key, 'updated_at', 'loaded_at'] + columns -%}
with staged as{{ computed_once() }} (
    select
        {{ prefixed('staged', read_columns + ['rejection_reason']) | join(',\n        ') }}
    from {{ ref(staging_model) }} as staged
    {%- if may_be_erased %}
    where staged.erased_until is null
    {%- endif %}
),

accepted as (
    select {{ prefixed('staged', read_columns) | join(',\n        ') }}
    from staged
    where staged.rejection_reason is null
),

repeated_versions as (
    select
        accepted.{{ key }},
        accepted.updated_at
    from accepted
    group by accepted.{{ key }}, accepted.updated_at
    having count(*) > 1
),

marked as (
    select
        accepted.*,
        repeated_versions.updated_at is not null as is_repeated
    from accepted
    left join repeated_versions
        on
            accepted.{{ key }} = repeated_versions.{{ key }}
            and accepted.updated_at = repeated_versions.updated_at
),

ranked as (
    select
        {{ prefixed('marked', read_columns) | join(',\n        ') }},
        row_number() over (
            partition by marked.{{ key }}, marked.updated_at
            order by
                case when marked.loaded_at is null then 1 else 0 end, marked.loaded_at desc,
                {%- for name in columns %}
                case when marked.{{ name }} is null then 1 else 0 end,
                {{ byte_order("cast(marked." ~ name ~ " as " ~ dbt.type_string() ~ ")") }}
                {{- ',' if not loop.last }}
                {%- endfor %}
        ) as version_rank
    from marked
    where marked.is_repeated
),

delivered_versions as (
    select
        {{ prefixed('marked', read_columns) | join(',\n        ') }},
        false as is_gone
    from marked
    where not marked.is_repeated

    union all

    select
        {{ prefixed('ranked', read_columns) | join(',\n        ') }},
        false as is_gone
    from ranked
    where ranked.version_rank = 1
),

{% if is_incremental() -%}
final as (
    select
        {{ prefixed('delivered_versions', read_columns) | join(',\n        ') }},
        false as is_gone
    from delivered_versions
    left join {{ this }} as stored
        on
            delivered_versions.{{ key }} = stored.{{ key }}
            and delivered_versions.updated_at = stored.updated_at
    where
        (stored.loaded_at is null or stored.loaded_at <= delivered_versions.loaded_at)
        and (
            stored.{{ key }} is null
            {%- for name in ['loaded_at'] + columns %}
            or delivered_versions.{{ name }} is distinct from stored.{{ name }}
            {%- endfor %}
        )

    union all

    -- Hard-deleted: the raw table has rows, but none with the key.
    select
        stored.{{ key }},
        stored.updated_at,
        cast(null as timestamp) as loaded_at,
        {% for name in columns -%}
        null as {{ name }},
        {% endfor -%}
        true as is_gone
    from {{ this }} as stored
    left join (
        select distinct staged.{{ key }}
        from staged
    ) as delivered_keys
        on stored.{{ key }} = delivered_keys.{{ key }}
    where
        delivered_keys.{{ key }} is null
        and exists (select 1 from {{ ref(staging_model) }})
)
{%- else -%}
final as (
    select * from delivered_versions
)
{%- endif %}

select * from final
{% endmacro %}

{# The columns of a CRM table that its versions keep, without key and updated_at. #}
{% macro version_columns(entity) %}
    {%- set columns = {
        'contact': contact_columns().keys() | list,
        'company': company_columns().keys() | list + ['parent_company_id'],
        'deal': ['contact_id', 'company_id', 'deal_type', 'product', 'stage', 'amount',
                 'created_at', 'closed_at', 'is_won'],
    }[entity] -%}
    {%- set kept = [] -%}
    {%- for name in columns if name not in [entity ~ '_id', 'updated_at'] -%}
        {%- do kept.append(name) -%}
    {%- endfor -%}
    {%- if entity in ['contact', 'company'] -%}
        {%- for name in custom_attributes() -%}
            {%- do kept.append(adapter.quote('custom_' ~ name)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(kept) }}
{% endmacro %}
