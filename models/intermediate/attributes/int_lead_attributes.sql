-- Known attributes that fit criteria use, as text, one per row; a missing attribute has no row.
with lead_profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

sql_attributes as (
    select * from {{ ref('int_sql_attributes') }}
),

leads as (
    select * from {{ ref('dim_leads') }}
),

asked_attributes as (
    select distinct
        config_fit_criteria.attribute,
        config_fit_criteria.attribute_number
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
),

attribute_values as (
    {% for name, type in profile_attributes().items() %}
    select
        lead_profiles.as_of,
        lead_profiles.lead_number,
        asked_attributes.attribute_number,
        {{ attribute_as_text('lead_profiles.' ~ profile_column(name), type) }} as value
    from lead_profiles
    inner join asked_attributes on asked_attributes.attribute = {{ as_literals([name]) }}
    where lead_profiles.{{ profile_column(name) }} is not null

    union all
    {% endfor %}
    select
        leads.as_of,
        leads.lead_number,
        asked_attributes.attribute_number,
        sql_attributes.value
    from sql_attributes
    inner join asked_attributes on sql_attributes.attribute = asked_attributes.attribute
    inner join leads
        on
            sql_attributes.as_of = leads.as_of
            and sql_attributes.lead_id = leads.lead_id
)

select
    attribute_values.as_of,
    attribute_values.lead_number,
    attribute_values.attribute_number,
    attribute_values.value
from attribute_values
