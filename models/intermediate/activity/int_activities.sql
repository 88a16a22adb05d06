{{ config(materialized='ephemeral') }}

-- depends_on: {{ ref('int_erasures') }}
-- What int_activity_log holds once the people whom this run erases are gone from it, with the numbers
-- of their identities.
with stored as (
    select * from {{ ref('int_activity_log') }}
),

identities as (
    select * from {{ ref('dim_identities') }}
)

select
    {{ prefixed('stored', stored_activity_columns()) | join(',\n    ') }},
    identities.identity_key
from stored
left join identities
    on
        {{ agree_in('stored', 'identities', identity_columns()) }}
where stored.row_status <> 'gone'
