{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What activity_register holds once the erased people are gone from it.
with register as (
    select * from {{ ref('activity_register') }}
)

select register.*
from register
