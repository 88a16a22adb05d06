-- Warns about rows of contacts, companies and deals that differ only in their content: the same id,
-- updated_at and loaded_at. Matters because one of them is chosen, always the same one, but it may
-- be the wrong one. When it warns, let the loader write the time of delivery into loaded_at, or the
-- CRM a later updated_at.
{{ config(group='scoring', severity='warn') }}

with delivered as (
    {% for entity in ['contact', 'company', 'deal'] -%}
    {% set key, table = entity ~ '_id', {'company': 'companies'}.get(entity, entity ~ 's') -%}
    select
        '{{ table }}' as source_table,
        staged.{{ key }} as row_id,
        staged.updated_at,
        staged.loaded_at
    from (
        select distinct
            staged_rows.{{ key }},
            staged_rows.updated_at,
            staged_rows.loaded_at,
            {{ prefixed('staged_rows', version_columns(entity)) | join(',\n            ') }}
        from {{ ref('stg_crm__' ~ table) }} as staged_rows
        where
            staged_rows.rejection_reason is null
            {% if entity == 'contact' -%}
            and staged_rows.erased_until is null
            {%- endif %}
    ) as staged
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

ranked as (
    select
        delivered.*,
        rank() over (
            partition by delivered.source_table, delivered.row_id, delivered.updated_at
            order by
                case when delivered.loaded_at is null then 1 else 0 end asc,
                delivered.loaded_at desc
        ) as delivery_rank
    from delivered
)

select
    ranked.source_table,
    ranked.row_id,
    ranked.updated_at,
    count(*) as row_count
from ranked
where ranked.delivery_rank = 1
group by ranked.source_table, ranked.row_id, ranked.updated_at
having count(*) > 1
