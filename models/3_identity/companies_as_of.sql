-- The version of each company that holds at the end of the as-of day: the latest up to then, else
-- the earliest.
with company_versions as (
    select
        versions.*,
        {{ local_date('versions.updated_at') }} <= {{ as_of() }} as is_past
    from {{ ref('company_versions') }} as versions
),

ranked as (
    select
        company_versions.*,
        row_number() over (
            partition by company_versions.company_id
            order by
                company_versions.is_past desc,
                case when company_versions.is_past then company_versions.updated_at end desc,
                company_versions.updated_at asc
        ) as version_rank
    from company_versions
)

select
    ranked.company_id,
    ranked.updated_at,
    {{ prefixed('ranked', version_columns('company')) | join(',\n    ') }},
    ranked.content_key,
    ranked.is_gone,
    ranked.is_past,
    ranked.version_rank
from ranked
where ranked.version_rank = 1
