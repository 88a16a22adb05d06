{{ config(materialized='ephemeral') }}

-- Days since each lead or its company last closed a won deal.
with won_deals as (
    select * from {{ ref('int_won_deals') }}
),

last_deals as (
    select
        won_deals.as_of,
        won_deals.lead_id,
        max(won_deals.won_on) as last_won_on
    from won_deals
    group by won_deals.as_of, won_deals.lead_id
)

select
    last_deals.as_of,
    last_deals.lead_id,
    {{ days_between('last_deals.last_won_on', 'last_deals.as_of') }} as value
from last_deals
