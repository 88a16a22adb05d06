-- Attributes of the sampled leads of this run's evaluation, including missing ones: their values on
-- the observation day, and since when they have been known.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
    where is_due
),

holdout_leads as (
    select holdout_leads.*
    from {{ ref('int_holdout_leads') }} as holdout_leads
    inner join evaluation_plan on holdout_leads.evaluated_on = evaluation_plan.evaluated_on
    where
        not holdout_leads.is_censored
        and holdout_leads.is_sampled
),

lead_profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

{%- for entity, versions in [
    ('contact', ref('int_contact_versions')), ('company', ref('stg_crm__company_versions')),
] %}
-- First days on which the columns of each {{ entity }} were known.
{{ entity }}_days as (
    select
        versions.{{ entity }}_id,
        {%- for column in insight_columns(entity) %}
        min(
            case
                when versions.{{ column }} is not null then {{ local_date('versions.updated_at') }}
            end
        ) as learnt_{{ loop.index0 }}_on,
        {%- endfor %}
        min({{ local_date('versions.updated_at') }}) as first_version_on
    from {{ versions }} as versions
    group by versions.{{ entity }}_id
),
{% endfor %}
evaluated_days as (
    select distinct
        holdout_leads.as_of,
        holdout_leads.lead_id
    from holdout_leads
),

profiles as (
    select
        lead_profiles.*,
        {%- for entity in ['contact', 'company'] %}
        {%- for column in insight_columns(entity) %}
        {{ entity }}_days.learnt_{{ loop.index0 }}_on as {{ entity }}_learnt_{{ loop.index0 }}_on,
        {%- endfor %}
        {%- endfor %}
        contact_days.first_version_on as contact_first_version_on,
        company_days.first_version_on as company_first_version_on
    from lead_profiles
    inner join evaluated_days
        on
            lead_profiles.as_of = evaluated_days.as_of
            and lead_profiles.lead_id = evaluated_days.lead_id
    left join contact_days on lead_profiles.lead_id = contact_days.contact_id
    left join company_days on lead_profiles.company_id = company_days.company_id
),

attribute_values as (
    {% for name, type in insight_attributes().items() %}
    {%- set column = 'profiles.' ~ profile_column(name) %}
    select
        profiles.as_of,
        profiles.lead_id,
        '{{ name }}' as attribute,
        {% if type == 'timestamp' -%}
        cast({{ local_date(column) }} as {{ dbt.type_string() }}) as value,
        {%- else -%}
        cast({{ shortened(attribute_as_text(column, type) | trim) }} as {{ dbt.type_string() }})
            as value,
        {%- endif %}
        {% if type == 'number' -%}
        cast({{ column }} as decimal(28, 9)) as number_value,
        {%- elif type == 'date' -%}
        cast({{ days_between('profiles.as_of', column) }} as decimal(28, 9)) as number_value,
        {%- elif type == 'timestamp' -%}
        cast({{ days_between('profiles.as_of', local_date(column)) }} as decimal(28, 9))
            as number_value,
        {%- elif type == 'boolean' -%}
        cast(null as decimal(28, 9)) as number_value,
        {%- else -%}
        cast({{ try_number(column) }} as decimal(28, 9)) as number_value,
        {%- endif %}
        {{ first_version_on(name) }} as first_version_on,
        {{ learnt_on(name) }} as learnt_on
    from profiles

    union all
    {% endfor %}
    {%- for name in sql_attributes() %}
    select
        profiles.as_of,
        profiles.lead_id,
        '{{ name }}' as attribute,
        {{ shortened('sql_attributes.value') }} as value,
        cast({{ try_number('sql_attributes.value') }} as decimal(28, 9)) as number_value,
        cast(null as date) as first_version_on,
        cast(null as date) as learnt_on
    from profiles
    left join {{ ref('int_sql_attributes') }} as sql_attributes
        on
            profiles.as_of = sql_attributes.as_of
            and profiles.lead_id = sql_attributes.lead_id
            and sql_attributes.attribute = '{{ name }}'

    union all
    {% endfor %}
    select
        cast(null as date) as as_of,
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as attribute,
        cast(null as {{ dbt.type_string() }}) as value,
        cast(null as decimal(28, 9)) as number_value,
        cast(null as date) as first_version_on,
        cast(null as date) as learnt_on
)

select
    holdout_leads.evaluated_on,
    holdout_leads.scoring_model,
    holdout_leads.as_of,
    holdout_leads.lead_id,
    holdout_leads.is_converted,
    attribute_values.attribute,
    attribute_values.value,
    attribute_values.number_value,
    attribute_values.first_version_on,
    attribute_values.learnt_on,
    coalesce(holdout_leads.converted_on, holdout_leads.lost_on) as outcome_on
from holdout_leads
inner join attribute_values
    on
        holdout_leads.as_of = attribute_values.as_of
        and holdout_leads.lead_id = attribute_values.lead_id
