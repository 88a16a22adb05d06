{{ config(materialized='ephemeral') }}

-- depends_on: {{ ref('int_erasures') }}
-- Rows of int_activity_log with their identity keys, after the people whom this run erases have
-- been deleted.
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
        {{ are_equal('stored', 'identities', identity_columns()) }}
where stored.row_status <> 'gone'
