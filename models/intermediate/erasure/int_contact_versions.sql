{{ config(materialized='view') }}

-- depends_on: {{ ref('int_erasures') }}
-- What stg_crm__contact_versions holds once the people whom this run erases are gone from it.
with stored as (
    select * from {{ ref('stg_crm__contact_versions') }}
)

select
    stored.contact_id,
    stored.updated_at,
    {{ prefixed('stored', version_columns('contact')) | join(',\n    ') }},
    stored.is_gone
from stored
