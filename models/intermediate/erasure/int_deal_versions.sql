{{ config(materialized='ephemeral') }}

-- depends_on: {{ ref('int_erasures') }}
-- Rows of stg_crm__deal_versions, after the people whom this run erases have been deleted.
with stored as (
    select * from {{ ref('stg_crm__deal_versions') }}
)

select
    stored.deal_id,
    stored.updated_at,
    {{ prefixed('stored', version_columns('deal')) | join(',\n    ') }},
    stored.is_gone
from stored
