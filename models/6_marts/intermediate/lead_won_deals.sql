-- The deals won up to the run's as-of day, for each lead whose own they are or whose company's.
with leads as (
    select * from {{ ref('run_day_leads') }}
),

deals as (
    select * from {{ ref('run_day_deals') }}
),

won_deals as (
    select
        leads.lead_id,
        deals.deal_id,
        deals.product_word,
        deals.closed_at,
        deals.closed_on
    from deals
    inner join leads on deals.survivor_contact_id = leads.lead_id
    where deals.is_won

    union all

    select
        leads.lead_id,
        deals.deal_id,
        deals.product_word,
        deals.closed_at,
        deals.closed_on
    from deals
    inner join leads on deals.company_id = leads.company_id
    where
        deals.is_won
        and coalesce(deals.survivor_contact_id <> leads.lead_id, true)
)

select * from won_deals
