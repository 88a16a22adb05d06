{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What contact_register holds once the erased people are gone from it.
with register as (
    select * from {{ ref('contact_register') }}
)

select register.*
from register
