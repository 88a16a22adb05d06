-- Web events of leads about products that they do not own on the as-of day. A product is owned if
-- the lead or its company has won a deal for it by then. Ads that were only shown do not count.
with product_facts as (
    select
        lead_facts.lead_key,
        lead_facts.occurred_on,
        lead_facts.occurrences,
        lower(lead_facts.product) as product,
        lead_facts.event_name in (
            'demo_requested', 'call_requested', 'form_submitted', 'chat_started'
        ) as is_request
    from {{ ref('int_lead_facts') }} as lead_facts
    where
        lead_facts.source = 'web'
        and lead_facts.product is not null
        and lead_facts.event_name in (
            'page_viewed', 'video_watched', 'content_downloaded', 'cta_clicked', 'ad_clicked',
            'webinar_attended', 'demo_requested', 'call_requested', 'form_submitted', 'chat_started'
        )
),

interest_days as (
    select
        product_facts.lead_key,
        product_facts.product,
        product_facts.occurred_on,
        product_facts.is_request,
        sum(product_facts.occurrences) as occurrences
    from product_facts
    group by
        product_facts.lead_key,
        product_facts.product,
        product_facts.occurred_on,
        product_facts.is_request
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

owned_products as (
    select distinct
        won_deals.as_of,
        won_deals.lead_id,
        won_deals.product
    from {{ ref('int_won_deals') }} as won_deals
)

select
    lead_keys.as_of,
    interest_days.lead_key,
    interest_days.product,
    interest_days.occurred_on,
    interest_days.is_request,
    interest_days.occurrences
from interest_days
inner join lead_keys
    on
        interest_days.lead_key = lead_keys.lead_key
        and interest_days.occurred_on <= lead_keys.as_of
left join owned_products
    on
        lead_keys.as_of = owned_products.as_of
        and lead_keys.lead_id = owned_products.lead_id
        and interest_days.product = owned_products.product
where owned_products.product is null
