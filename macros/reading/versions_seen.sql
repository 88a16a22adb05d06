{#
    Every version of a CRM row that was ever delivered, for an incremental model that a full
    refresh keeps: versions that the loader overwrote stay, a key that is gone from the raw
    table goes, and of two rows with equal key and time one is chosen by its content.
    may_be_erased: whether the staging model tells rows of erased people (erased_until).
#}
{% macro versions_seen(staging_model, key, columns, may_be_erased=false) %}
with staged as (
    select * from {{ ref(staging_model) }}
    {%- if may_be_erased %}
    where erased_until is null
    {%- endif %}
),

accepted as (
    select
        staged.{{ key }},
        staged.updated_at,
        {{ prefixed('staged', columns) | join(',\n        ') }},
        {{ hash_key(prefixed('staged', [key, 'updated_at'] + columns)) }} as content_key
    from staged
    where staged.rejected_because is null
),

ranked as (
    select
        accepted.*,
        row_number() over (
            partition by accepted.{{ key }}, accepted.updated_at
            order by accepted.content_key
        ) as content_rank
    from accepted
),

delivered_versions as (
    select
        ranked.{{ key }},
        ranked.updated_at,
        {{ prefixed('ranked', columns) | join(',\n        ') }},
        ranked.content_key,
        false as is_gone
    from ranked
    where ranked.content_rank = 1
),

{% if is_incremental() %}
stored as (
    select * from {{ this }}
),

final as (
    select delivered_versions.*
    from delivered_versions
    where not exists (
        select 1
        from stored
        where
            stored.{{ key }} = delivered_versions.{{ key }}
            and stored.updated_at = delivered_versions.updated_at
            and stored.content_key = delivered_versions.content_key
    )

    union all

    -- Hard-deleted: no row of the key is left in a raw table that has rows. Deleted, then swept.
    select
        stored.{{ key }},
        stored.updated_at,
        {% for name in columns -%}
        null as {{ name }},
        {% endfor -%}
        stored.content_key,
        true as is_gone
    from stored
    where
        stored.{{ key }} not in (select staged.{{ key }} from staged where staged.{{ key }} is not null)
        and exists (select 1 from {{ ref(staging_model) }})
)
{% else %}
final as (
    select * from delivered_versions
)
{% endif %}

select * from final
{% endmacro %}

{# The columns of a CRM table that its versions keep, key and updated_at apart. #}
{% macro version_columns(entity) %}
    {%- set columns = {
        'contact': contact_columns().keys() | list,
        'company': company_columns().keys() | list,
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
