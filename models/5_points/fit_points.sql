-- The fit criteria that leads meet.
with scored_leads as (
    select * from {{ ref('scored_leads') }}
),

lead_attributes as (
    select * from {{ ref('lead_attributes') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

fit_criterion_values as (
    select * from {{ ref('fit_criterion_values') }}
),

met_by_value as (
    select
        scored_leads.as_of,
        scored_leads.lead_id,
        fit_criterion_values.scoring_model,
        fit_criterion_values.criterion,
        lead_attributes.value,
        fit_criterion_values.due_on
    from lead_attributes
    inner join fit_criterion_values
        on
            lead_attributes.attribute = fit_criterion_values.attribute
            and lead_attributes.value = fit_criterion_values.value
    inner join scored_leads
        on
            lead_attributes.as_of = scored_leads.as_of
            and lead_attributes.lead_id = scored_leads.lead_id
            and fit_criterion_values.scoring_model = scored_leads.scoring_model
),

met_by_absence as (
    select
        scored_leads.as_of,
        scored_leads.lead_id,
        fit_criteria.scoring_model,
        fit_criteria.criterion,
        cast(null as {{ dbt.type_string() }}) as value,
        cast(null as date) as due_on
    from scored_leads
    inner join fit_criteria
        on
            scored_leads.scoring_model = fit_criteria.scoring_model
            and fit_criteria.operator = 'is_missing'
    left join lead_attributes
        on
            scored_leads.as_of = lead_attributes.as_of
            and scored_leads.lead_id = lead_attributes.lead_id
            and fit_criteria.attribute = lead_attributes.attribute
    where lead_attributes.lead_id is null
),

met as (
    select * from met_by_value
    union all
    select * from met_by_absence
)

select
    met.as_of,
    met.lead_id,
    met.scoring_model,
    met.criterion,
    fit_criteria.category,
    cast(fit_criteria.points as decimal(38, 9)) as points,
    concat(fit_criteria.attribute, ' = ', coalesce(met.value, 'not known')) as evidence
from met
inner join fit_criteria
    on
        met.scoring_model = fit_criteria.scoring_model
        and met.criterion = fit_criteria.criterion
where
    met.due_on is null
    or {{ days_between('met.as_of', 'met.due_on') }} between 0 and fit_criteria.within_days
