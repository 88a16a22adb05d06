{{ config(materialized='ephemeral') }}

-- Every delivered row of the five activity tables, good or bad, in one shape. Of a row of an erased
-- person nothing is left but when it was delivered and which event it was a version of.
with delivered as (
    {% for schema_name, table in activity_tables() -%}
    select * from {{ ref('stg_' ~ table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    {{ prefixed('delivered', delivered_column_types()) | join(',\n    ') }},
    {{ loaded_on('delivered.loaded_at') }} as loaded_on
from delivered
