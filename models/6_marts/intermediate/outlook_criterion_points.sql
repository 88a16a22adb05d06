-- Every criterion that leads will meet on the days to come, if nothing is added: attributes stay
-- as they are, but dates come nearer.
with outlook_leads as (
    select * from {{ ref('outlook_leads') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
    where is_run_day
),

engagement_points as (
    select * from {{ ref('outlook_engagement_points') }}
),

fit_points as (
    select fit_points.*
    from {{ ref('fit_points') }} as fit_points
    inner join as_of_days on fit_points.as_of = as_of_days.as_of
),

lead_attributes as (
    select lead_attributes.*
    from {{ ref('lead_attributes') }} as lead_attributes
    inner join as_of_days on lead_attributes.as_of = as_of_days.as_of
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

lasting_points as (
    select
        outlook_leads.as_of,
        outlook_leads.lead_id,
        outlook_leads.scoring_model,
        fit_points.criterion,
        fit_points.category,
        fit_points.points
    from outlook_leads
    inner join fit_points
        on
            outlook_leads.lead_id = fit_points.lead_id
            and outlook_leads.scoring_model = fit_points.scoring_model
    inner join fit_criteria
        on
            fit_points.scoring_model = fit_criteria.scoring_model
            and fit_points.criterion = fit_criteria.criterion
    where fit_criteria.operator <> 'due_within'
),

dated_points as (
    select
        outlook_leads.as_of,
        outlook_leads.lead_id,
        outlook_leads.scoring_model,
        fit_criteria.criterion,
        fit_criteria.category,
        cast(fit_criteria.points as decimal(38, 9)) as points
    from outlook_leads
    inner join fit_criteria
        on
            outlook_leads.scoring_model = fit_criteria.scoring_model
            and fit_criteria.operator = 'due_within'
    inner join lead_attributes
        on
            outlook_leads.lead_id = lead_attributes.lead_id
            and fit_criteria.attribute = lead_attributes.attribute
    where
        {{ days_between('outlook_leads.as_of', 'lead_attributes.date_value') }}
        between 0 and fit_criteria.within_days
)

select
    lasting_points.*,
    'fit' as dimension
from lasting_points

union all

select
    dated_points.*,
    'fit' as dimension
from dated_points

union all

select
    engagement_points.as_of,
    engagement_points.lead_id,
    engagement_points.scoring_model,
    engagement_points.criterion,
    engagement_points.category,
    engagement_points.points,
    'engagement' as dimension
from engagement_points
