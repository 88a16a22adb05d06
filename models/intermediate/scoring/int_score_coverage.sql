{{ config(materialized='ephemeral') }}

-- Share of the attributes used by a scoring model's fit criteria that are known, for each lead.
with scored_days as (
    select distinct scenarios.as_of
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.needs_scores
),

leads as (
    select leads.*
    from {{ ref('dim_leads') }} as leads
    inner join scored_days on leads.as_of = scored_days.as_of
),

lead_attributes as (
    select lead_attributes.*
    from {{ ref('int_lead_attributes') }} as lead_attributes
    inner join scored_days on lead_attributes.as_of = scored_days.as_of
),

asked_attributes as (
    select distinct
        config_fit_criteria.model_number,
        config_fit_criteria.attribute_number
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
),

asked_counts as (
    select
        asked_attributes.model_number,
        count(*) as asked_count
    from asked_attributes
    group by asked_attributes.model_number
),

known_counts as (
    select
        lead_attributes.as_of,
        lead_attributes.lead_number,
        asked_attributes.model_number,
        count(*) as known_count
    from lead_attributes
    inner join asked_attributes
        on lead_attributes.attribute_number = asked_attributes.attribute_number
    group by
        lead_attributes.as_of, lead_attributes.lead_number, asked_attributes.model_number
)

select
    leads.as_of,
    leads.lead_number,
    asked_counts.model_number,
    coalesce(known_counts.known_count, 0) as known_count,
    asked_counts.asked_count,
    cast(coalesce(known_counts.known_count, 0) as {{ type_double() }}) / asked_counts.asked_count
        as score_coverage
from leads
cross join asked_counts
left join known_counts
    on
        leads.as_of = known_counts.as_of
        and leads.lead_number = known_counts.lead_number
        and asked_counts.model_number = known_counts.model_number
