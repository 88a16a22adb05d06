{{ config(materialized='ephemeral') }}

-- Names and codes of countries as they are compared.
with country_names as (
    select
        lower({{ trim_text(with_letters('entries.country_name')) }}) as country_name,
        upper({{ trim_text('entries.country_code') }}) as country_code
    from {{ ref('country_names') }} as entries
)

select
    country_names.country_name,
    min(country_names.country_code) as country_code
from country_names
group by country_names.country_name
