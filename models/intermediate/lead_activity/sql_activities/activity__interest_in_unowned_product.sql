{{ config(materialized='ephemeral') }}

-- Web events of leads about products that they do not own on the as-of day.
with interest_in_unowned_products as (
    select * from {{ ref('int_interest_in_unowned_products') }}
)

select
    interest_in_unowned_products.as_of,
    interest_in_unowned_products.lead_key,
    interest_in_unowned_products.occurred_on,
    sum(interest_in_unowned_products.occurrences) as occurrences
from interest_in_unowned_products
group by
    interest_in_unowned_products.as_of,
    interest_in_unowned_products.lead_key,
    interest_in_unowned_products.occurred_on
