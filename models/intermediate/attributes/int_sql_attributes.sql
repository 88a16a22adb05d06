-- Attributes that are calculated in SQL, as text, from one model attribute__<name> for each name in
-- the var sql_attributes.
with attribute_values as (
    {% for name in sql_attributes() %}
    select
        cast(as_of as date) as as_of,
        cast(lead_id as {{ dbt.type_string() }}) as lead_id,
        '{{ name }}' as attribute,
        cast(value as {{ dbt.type_string() }}) as value
    from {{ ref('attribute__' ~ name) }}
    union all
    {% endfor %}
    select
        cast(null as date) as as_of,
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as attribute,
        cast(null as {{ dbt.type_string() }}) as value
)

select
    attribute_values.as_of,
    attribute_values.lead_id,
    attribute_values.attribute,
    attribute_values.value
from attribute_values
where
    attribute_values.lead_id is not null
    and attribute_values.value is not null
