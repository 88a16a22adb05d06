-- The version of each contact that holds at the end of the as-of day: the latest up to then, else
-- the earliest. Contacts created later are not known yet.
with contact_versions as (
    select
        versions.*,
        {{ local_date('versions.updated_at') }} <= {{ as_of() }} as is_past
    from {{ ref('contact_versions') }} as versions
),

ranked as (
    select
        contact_versions.*,
        row_number() over (
            partition by contact_versions.contact_id
            order by
                contact_versions.is_past desc,
                case when contact_versions.is_past then contact_versions.updated_at end desc,
                contact_versions.updated_at asc
        ) as version_rank
    from contact_versions
)

select
    ranked.contact_id,
    ranked.updated_at,
    {{ prefixed('ranked', version_columns('contact')) | join(',\n    ') }},
    ranked.content_key,
    ranked.is_gone,
    ranked.is_past,
    ranked.version_rank
from ranked
where
    ranked.version_rank = 1
    and {{ local_date('ranked.created_at') }} <= {{ as_of() }}
