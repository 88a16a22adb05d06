{{ config(materialized='view') }}

-- depends_on: {{ ref('int_erasures') }}
-- Rows of stg_crm__contact_versions, after the people whom this run erases have been deleted.
with stored as (
    select * from {{ ref('stg_crm__contact_versions') }}
)

select
    stored.contact_id,
    stored.updated_at,
    {{ prefixed('stored', version_columns('contact')) | join(',\n    ') }},
    stored.is_gone
from stored
