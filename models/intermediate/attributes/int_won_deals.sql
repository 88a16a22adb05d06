-- Deals that each lead or its company has won by the end of each as-of day; they define which
-- products the lead owns.
with deals as (
    select * from {{ ref('int_deals_as_of') }}
),

deal_leads as (
    select * from {{ ref('int_deal_leads') }}
),

leads as (
    select * from {{ ref('dim_leads') }}
),

won as (
    select
        deals.as_of,
        deals.deal_id,
        deals.company_id,
        lower(deals.product) as product,
        deals.closed_at,
        {{ local_date('deals.closed_at') }} as won_on
    from deals
    where
        deals.is_won
        and {{ local_date('deals.closed_at') }} <= deals.as_of
),

deals_of_leads as (
    select
        leads.as_of,
        leads.lead_id,
        won.deal_id,
        won.product,
        won.closed_at,
        won.won_on
    from won
    inner join deal_leads
        on
            won.as_of = deal_leads.as_of
            and won.deal_id = deal_leads.deal_id
    inner join leads
        on
            deal_leads.as_of = leads.as_of
            and deal_leads.lead_id = leads.lead_id

    union distinct

    select
        leads.as_of,
        leads.lead_id,
        won.deal_id,
        won.product,
        won.closed_at,
        won.won_on
    from won
    inner join leads
        on
            won.as_of = leads.as_of
            and won.company_id = leads.company_id
)

select
    deals_of_leads.as_of,
    deals_of_leads.lead_id,
    deals_of_leads.deal_id,
    deals_of_leads.product,
    deals_of_leads.closed_at,
    deals_of_leads.won_on
from deals_of_leads
