-- Web sessions of each lead, with the days of the first and second page view.
with activities as (
    select * from {{ ref('int_activities') }}
),

lead_key_identities as (
    select * from {{ ref('int_lead_key_identities') }}
),

page_views as (
    select
        lead_key_identities.lead_key,
        activities.session_id,
        activities.occurred_on,
        row_number() over (
            partition by lead_key_identities.lead_key, activities.session_id
            order by activities.occurred_on
        ) as view_number
    from activities
    inner join lead_key_identities
        on activities.identity_key = lead_key_identities.identity_key
    where
        activities.row_status = 'used'
        and activities.event_name = 'page_viewed'
        and activities.session_id is not null
        and (
            lead_key_identities.counts_from is null
            or activities.occurred_on >= lead_key_identities.counts_from
        )
)

select
    page_views.lead_key,
    page_views.session_id,
    min(page_views.occurred_on) as started_on,
    min(case when page_views.view_number = 2 then page_views.occurred_on end) as second_view_on
from page_views
group by page_views.lead_key, page_views.session_id
