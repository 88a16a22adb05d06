{{ config(materialized='ephemeral') }}

-- depends_on: {{ ref('erasures') }}
-- What activity_rows holds once the people whom this run erases are gone from it, with the numbers
-- of their identities.
with stored as (
    select * from {{ ref('activity_rows') }}
),

identities as (
    select * from {{ ref('identities') }}
)

select
    {{ prefixed('stored', stored_activity_columns()) | join(',\n    ') }},
    identities.identity_key
from stored
left join identities
    on
        {{ agree_in('stored', 'identities', identity_columns()) }}
where stored.row_status <> 'gone'
