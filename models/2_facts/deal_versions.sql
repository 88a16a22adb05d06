{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What deal_register holds once the erased people are gone from it.
with register as (
    select * from {{ ref('deal_register') }}
)

select register.*
from register
