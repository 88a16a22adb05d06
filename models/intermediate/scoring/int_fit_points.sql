-- Fit criteria that leads meet on each as-of day, with the value that meets them.
with scenario_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where
        step = 'day'
        and not is_fit_unchanged
),

lead_attributes as (
    select * from {{ ref('int_lead_attributes') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

fit_criterion_values as (
    select * from {{ ref('int_fit_criterion_values') }}
),

met_by_value as (
    select
        scenario_leads.score_key,
        scenario_leads.as_of,
        fit_criterion_values.criterion_number,
        fit_criterion_values.due_on,
        lead_attributes.value
    from lead_attributes
    inner join fit_criterion_values
        on
            lead_attributes.attribute_number = fit_criterion_values.attribute_number
            and lead_attributes.value = fit_criterion_values.value
    inner join scenario_leads
        on
            lead_attributes.as_of = scenario_leads.as_of
            and lead_attributes.lead_number = scenario_leads.lead_number
            and fit_criterion_values.model_number = scenario_leads.model_number
),

met_by_absence as (
    select
        scenario_leads.score_key,
        scenario_leads.as_of,
        fit_criteria.criterion_number,
        cast(null as date) as due_on,
        cast(null as {{ dbt.type_string() }}) as value
    from scenario_leads
    inner join fit_criteria
        on
            scenario_leads.model_number = fit_criteria.model_number
            and fit_criteria.operator = 'is_missing'
    left join lead_attributes
        on
            scenario_leads.as_of = lead_attributes.as_of
            and scenario_leads.lead_number = lead_attributes.lead_number
            and fit_criteria.attribute_number = lead_attributes.attribute_number
    where lead_attributes.lead_number is null
),

met as (
    select * from met_by_value
    union all
    select * from met_by_absence
)

select
    met.score_key,
    met.criterion_number,
    cast(fit_criteria.points as decimal(38, 9)) as points,
    met.value
from met
inner join fit_criteria on met.criterion_number = fit_criteria.criterion_number
where
    met.due_on is null
    or {{ days_between('met.as_of', 'met.due_on') }} between 0 and fit_criteria.within_days
{{ sorted_by(['met.criterion_number', 'met.score_key']) }}
