-- The web sessions of each lead up to the as-of day, with their page views.
with activity_rows as (
    select * from {{ ref('activity_rows') }}
),

lead_identities as (
    select * from {{ ref('lead_identities') }}
)

select
    lead_identities.lead_id,
    activity_rows.session_id,
    min(activity_rows.occurred_on) as started_on,
    count(*) as page_views
from activity_rows
inner join lead_identities on activity_rows.identity_key = lead_identities.identity_key
where
    activity_rows.row_status = 'used'
    and activity_rows.event_name = 'page_viewed'
    and activity_rows.session_id is not null
    and activity_rows.occurred_on <= {{ as_of() }}
    and (
        lead_identities.counts_from is null
        or activity_rows.occurred_on >= lead_identities.counts_from
    )
group by lead_identities.lead_id, activity_rows.session_id
