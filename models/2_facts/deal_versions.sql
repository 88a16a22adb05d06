{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What deal_register holds once the people whom this run erases are gone from it.
with register as (
    select * from {{ ref('deal_register') }}
)

select
    register.deal_id,
    register.updated_at,
    {{ prefixed('register', version_columns('deal')) | join(',\n    ') }},
    register.content_key,
    register.is_gone
from register
