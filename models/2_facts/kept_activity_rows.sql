{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What activity_rows holds once the people whom this run erases are gone from it.
with stored as (
    select * from {{ ref('activity_rows') }}
)

select
    {{ activity_row_columns('stored') }},
    stored.raw_row,
    stored.row_status
from stored
