{{ config(materialized='view') }}

-- depends_on: {{ ref('erasures') }}
-- What contact_register holds once the people whom this run erases are gone from it.
with register as (
    select * from {{ ref('contact_register') }}
)

select
    register.contact_id,
    register.updated_at,
    {{ prefixed('register', version_columns('contact')) | join(',\n    ') }},
    register.content_key,
    register.is_gone
from register
