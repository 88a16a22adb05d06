-- Every view of a page that the lead had viewed before.
with page_views as (
    select
        lead_facts.lead_key,
        lead_facts.page_path,
        lead_facts.occurred_on,
        sum(lead_facts.occurrences) as view_count
    from {{ ref('int_lead_facts') }} as lead_facts
    where
        lead_facts.source = 'web'
        and lead_facts.event_name = 'page_viewed'
        and lead_facts.page_path is not null
    group by lead_facts.lead_key, lead_facts.page_path, lead_facts.occurred_on
),

repeats as (
    select
        page_views.lead_key,
        page_views.occurred_on,
        -- The first view of a page is not a repeat.
        page_views.view_count - case
            when page_views.occurred_on = min(page_views.occurred_on) over (
                partition by page_views.lead_key, page_views.page_path
            ) then 1
            else 0
        end as repeated_views
    from page_views
)

select
    repeats.lead_key,
    repeats.occurred_on,
    sum(repeats.repeated_views) as occurrences
from repeats
where repeats.repeated_views > 0
group by repeats.lead_key, repeats.occurred_on
