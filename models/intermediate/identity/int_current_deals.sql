{{ config(materialized='view') }}

-- Deals known on the run's as-of day.
with deals as (
    select * from {{ ref('int_deals_as_of') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
)

select
    deals.as_of,
    deals.deal_id,
    deals.company_id,
    lower(deals.deal_type) as deal_type,
    deals.amount,
    {{ trim_text('deals.product') }} as product,
    lower({{ trim_text('deals.product') }}) as product_word,
    {{ local_date('deals.created_at') }} as created_on,
    {{ local_date('deals.closed_at') }} as closed_on,
    coalesce(deals.is_won and {{ local_date('deals.closed_at') }} <= deals.as_of, false) as is_won,
    coalesce(
        {{ local_date('deals.created_at') }} <= deals.as_of
        and coalesce({{ local_date('deals.closed_at') }} > deals.as_of, true),
        false
    ) as is_open
from deals
inner join scoring_dates on deals.as_of = scoring_dates.as_of
where scoring_dates.is_run_day
