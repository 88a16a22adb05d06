{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What activity_register holds once the people whom this run erases are gone from it.
with register as (
    select * from {{ ref('activity_register') }}
)

select
    {{ activity_row_columns('register') }},
    register.raw_row,
    register.row_status
from register
