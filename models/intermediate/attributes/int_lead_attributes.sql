-- Known attributes that fit criteria use, as text, one per row; a missing attribute has no row. Of
-- leads whose published fit points still hold, only dates that criteria wait for.
with unchanged_leads as (
    select
        fit_basis.as_of,
        fit_basis.lead_number
    from {{ ref('int_fit_basis') }} as fit_basis
    where fit_basis.is_unchanged
),

lead_profiles as (
    select
        profiles.*,
        unchanged_leads.lead_number is not null as is_unchanged
    from {{ ref('int_lead_profiles') }} as profiles
    left join unchanged_leads
        on
            profiles.as_of = unchanged_leads.as_of
            and profiles.lead_number = unchanged_leads.lead_number
),

sql_attributes as (
    select * from {{ ref('int_sql_attributes') }}
),

leads as (
    select
        dim_leads.as_of,
        dim_leads.lead_id,
        dim_leads.lead_number,
        unchanged_leads.lead_number is not null as is_unchanged
    from {{ ref('dim_leads') }} as dim_leads
    left join unchanged_leads
        on
            dim_leads.as_of = unchanged_leads.as_of
            and dim_leads.lead_number = unchanged_leads.lead_number
),

asked_attributes as (
    select
        config_fit_criteria.attribute,
        config_fit_criteria.attribute_number,
        max(case when config_fit_criteria.operator = 'due_within' then 1 else 0 end) = 1
            as is_awaited
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
    group by config_fit_criteria.attribute, config_fit_criteria.attribute_number
),

-- The further addresses of each lead, as they are read.
further_addresses as (
    select distinct
        listing.as_of,
        listing.lead_number,
        listing.attribute_number,
        {{ written_address(clean_text('list_words.word')) }} as address
    from (
        select
            lead_profiles.as_of,
            lead_profiles.lead_number,
            lead_profiles.additional_emails,
            asked_attributes.attribute_number
        from lead_profiles
        inner join asked_attributes on asked_attributes.attribute = 'additional_emails'
        where
            lead_profiles.additional_emails is not null
            and (asked_attributes.is_awaited or not lead_profiles.is_unchanged)
    ) as listing
    {{ cross_join_words(replace_commas('listing.additional_emails')) }}
),

attribute_values as (
    {% for name, type in profile_attributes().items() if name != 'additional_emails' %}
    select
        lead_profiles.as_of,
        lead_profiles.lead_number,
        asked_attributes.attribute_number,
        {{ attribute_as_text('lead_profiles.' ~ profile_column(name), type) }} as value
    from lead_profiles
    inner join asked_attributes on asked_attributes.attribute = {{ as_literals([name]) }}
    where
        lead_profiles.{{ profile_column(name) }} is not null
        and (asked_attributes.is_awaited or not lead_profiles.is_unchanged)

    union all
    {% endfor %}
    select
        further_addresses.as_of,
        further_addresses.lead_number,
        further_addresses.attribute_number,
        {{ text_list(
            'further_addresses.address', "';'", byte_order('further_addresses.address')
        ) }} as value
    from further_addresses
    where further_addresses.address is not null
    group by
        further_addresses.as_of,
        further_addresses.lead_number,
        further_addresses.attribute_number

    union all

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
    where asked_attributes.is_awaited or not leads.is_unchanged
)

select
    attribute_values.as_of,
    attribute_values.lead_number,
    attribute_values.attribute_number,
    attribute_values.value
from attribute_values
{{ sorted_by(['attribute_values.attribute_number', 'attribute_values.lead_number']) }}
