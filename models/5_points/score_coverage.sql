-- Which share of the attributes that a model's fit criteria ask for is known of each lead.
with scored_leads as (
    select * from {{ ref('scored_leads') }}
),

lead_attributes as (
    select * from {{ ref('lead_attributes') }}
),

asked_attributes as (
    select distinct
        config_fit_criteria.scoring_model,
        config_fit_criteria.attribute
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
)

select
    scored_leads.as_of,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    cast(count(lead_attributes.attribute) as {{ type_double() }}) / count(*) as score_coverage
from scored_leads
inner join asked_attributes on scored_leads.scoring_model = asked_attributes.scoring_model
left join lead_attributes
    on
        scored_leads.as_of = lead_attributes.as_of
        and scored_leads.lead_id = lead_attributes.lead_id
        and asked_attributes.attribute = lead_attributes.attribute
group by scored_leads.as_of, scored_leads.lead_id, scored_leads.scoring_model
