-- Sales activities that took place, with the contact that each belongs to on the published day: the
-- lead of their contact_id, else of their e-mail address. Those of a contact that is no lead remain
-- with it.
with activities as (
    select * from {{ ref('int_activities') }}
),

publication as (
    select * from {{ ref('int_publication') }}
    where is_published
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join publication on contact_merges.as_of = publication.as_of
),

identity_resolution as (
    select identity_resolution.*
    from {{ ref('int_identity_resolution') }} as identity_resolution
    inner join publication on identity_resolution.as_of = publication.as_of
)

select
    activities.occurred_at,
    activities.direction,
    activities.outcome,
    coalesce(
        identity_resolution.lead_id, contact_merges.survivor_contact_id, activities.contact_id
    ) as survivor_id
from activities
left join identity_resolution on activities.identity_key = identity_resolution.identity_key
left join contact_merges on activities.contact_id = contact_merges.contact_id
where
    activities.source = 'sales'
    and activities.row_status = 'used'
    and coalesce(activities.outcome, '') <> 'cancelled'
