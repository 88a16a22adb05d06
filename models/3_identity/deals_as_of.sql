-- The version of each deal that holds at the end of the as-of day: the latest up to then, else
-- the earliest.
with deal_versions as (
    select
        versions.*,
        {{ local_date('versions.updated_at') }} <= {{ as_of() }} as is_past
    from {{ ref('deal_versions') }} as versions
),

ranked as (
    select
        deal_versions.*,
        row_number() over (
            partition by deal_versions.deal_id
            order by
                deal_versions.is_past desc,
                case when deal_versions.is_past then deal_versions.updated_at end desc,
                deal_versions.updated_at asc
        ) as version_rank
    from deal_versions
)

select
    ranked.deal_id,
    ranked.updated_at,
    {{ prefixed('ranked', version_columns('deal')) | join(',\n    ') }},
    ranked.content_key,
    ranked.is_gone,
    ranked.is_past,
    ranked.version_rank
from ranked
where ranked.version_rank = 1
