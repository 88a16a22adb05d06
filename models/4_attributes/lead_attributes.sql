-- The known attributes that the fit criteria ask for, one row each; a missing one has no row.
with lead_profiles as (
    select * from {{ ref('lead_profiles') }}
),

sql_attribute_values as (
    select * from {{ ref('sql_attribute_values') }}
),

asked_attributes as (
    select distinct config_fit_criteria.attribute
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
),

attribute_values as (
    {% for name, type in profile_attributes().items() %}
    select
        lead_profiles.as_of,
        lead_profiles.lead_id,
        asked_attributes.attribute,
        '{{ type }}' as value_type,
        {{ attribute_as_text('lead_profiles.' ~ profile_column(name), type) }} as value,
        {% if type == 'number' -%}
        lead_profiles.{{ name }} as number_value,
        {%- else -%}
        cast(null as decimal(28, 9)) as number_value,
        {%- endif %}
        {% if type == 'date' -%}
        lead_profiles.{{ name }} as date_value
        {%- elif type == 'timestamp' -%}
        {{ local_date('lead_profiles.' ~ name) }} as date_value
        {%- else -%}
        cast(null as date) as date_value
        {%- endif %}
    from lead_profiles
    inner join asked_attributes on asked_attributes.attribute = {{ as_literals([name]) }}

    union all
    {% endfor %}
    select
        sql_attribute_values.as_of,
        sql_attribute_values.lead_id,
        asked_attributes.attribute,
        'text' as value_type,
        sql_attribute_values.value,
        cast(null as decimal(28, 9)) as number_value,
        cast(null as date) as date_value
    from sql_attribute_values
    inner join asked_attributes on sql_attribute_values.attribute = asked_attributes.attribute
)

select
    attribute_values.as_of,
    attribute_values.lead_id,
    attribute_values.attribute,
    attribute_values.value_type,
    attribute_values.value,
    coalesce(
        attribute_values.number_value,
        case
            when attribute_values.value_type = 'text'
                then {{ try_number('attribute_values.value') }}
        end
    ) as number_value,
    coalesce(
        attribute_values.date_value,
        case
            when attribute_values.value_type = 'text'
                then cast({{ try_timestamp('attribute_values.value') }} as date)
        end
    ) as date_value,
    {{ try_boolean('attribute_values.value') }} as boolean_value
from attribute_values
where attribute_values.value is not null
