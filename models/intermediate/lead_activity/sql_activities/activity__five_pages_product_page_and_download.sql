-- Five different pages viewed, a product page among all pages ever viewed, and technical content
-- downloaded: once per lead, on the day when the last of the three conditions was met.
with lead_facts as (
    select * from {{ ref('int_lead_facts') }}
),

first_page_views as (
    select
        lead_facts.lead_key,
        lead_facts.page_path,
        min(lead_facts.occurred_on) as first_viewed_on
    from lead_facts
    where
        lead_facts.source = 'web'
        and lead_facts.event_name = 'page_viewed'
        and lead_facts.page_path is not null
    group by lead_facts.lead_key, lead_facts.page_path
),

counted_pages as (
    select
        first_page_views.lead_key,
        first_page_views.first_viewed_on,
        row_number() over (
            partition by first_page_views.lead_key
            order by first_page_views.first_viewed_on, first_page_views.page_path
        ) as page_number
    from first_page_views
),

steps as (
    select
        counted_pages.lead_key,
        'five_pages' as step,
        counted_pages.first_viewed_on as reached_on
    from counted_pages
    where counted_pages.page_number = 5

    union all

    select
        first_page_views.lead_key,
        'product_page' as step,
        min(first_page_views.first_viewed_on) as reached_on
    from first_page_views
    where first_page_views.page_path like '/products/%'
    group by first_page_views.lead_key

    union all

    select
        lead_facts.lead_key,
        'technical_download' as step,
        min(lead_facts.occurred_on) as reached_on
    from lead_facts
    where
        lead_facts.source = 'web'
        and lead_facts.event_name = 'content_downloaded'
        and (
            lead_facts.content_id like 'cad-%'
            or lead_facts.content_id like 'manual-%'
        )
    group by lead_facts.lead_key
)

select
    steps.lead_key,
    1 as occurrences,
    max(steps.reached_on) as occurred_on
from steps
group by steps.lead_key
having count(*) = 3
