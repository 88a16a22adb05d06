{{ config(materialized='ephemeral') }}

-- Every delivered row of the five activity tables, good or bad, in one shape. Of a row of an erased
-- person nothing is left but when it was delivered and which event it was a version of.
with delivered as (
    select * from {{ ref('stg_activity__web_events') }}
    union all
    select * from {{ ref('stg_activity__email_events') }}
    union all
    select * from {{ ref('stg_activity__social_events') }}
    union all
    select * from {{ ref('stg_activity__product_events') }}
    union all
    select * from {{ ref('stg_crm__sales_activities') }}
)

select
    {{ prefixed('delivered', delivered_column_types()) | join(',\n    ') }},
    {{ loaded_on('delivered.loaded_at') }} as loaded_on
from delivered
