-- Engagement points of each lead as scored, and as they would be if programs in its name counted.
with scenario_leads as (
    select scenario_leads.*
    from {{ ref('int_scenario_leads') }} as scenario_leads
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on scenario_leads.as_of = scoring_dates.as_of
    where
        scoring_dates.is_run_day
        and scenario_leads.step in ('day', 'unfiltered')
),

unfiltered_leads as (
    select
        scenario_leads.lead_number,
        scenario_leads.model_number
    from scenario_leads
    where scenario_leads.step = 'unfiltered'
),

engagement_points as (
    select * from {{ ref('int_engagement_points') }}
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

both_points as (
    select
        scenario_leads.lead_id,
        scenario_leads.scoring_model,
        engagement_points.criterion_number,
        cast(sum(
            case when scenario_leads.step = 'day' then engagement_points.points else 0 end
        ) as decimal(28, 9)) as points,
        cast(sum(
            case when scenario_leads.step = 'unfiltered' then engagement_points.points else 0 end
        ) as decimal(28, 9)) as unfiltered_points
    from scenario_leads
    inner join unfiltered_leads
        on
            scenario_leads.lead_number = unfiltered_leads.lead_number
            and scenario_leads.model_number = unfiltered_leads.model_number
    inner join engagement_points on scenario_leads.score_key = engagement_points.score_key
    group by
        scenario_leads.lead_id, scenario_leads.scoring_model, engagement_points.criterion_number
)

select
    cast(both_points.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(both_points.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(scoring_criteria.criterion as {{ dbt.type_string() }}) as criterion,
    both_points.points,
    both_points.unfiltered_points,
    cast(both_points.unfiltered_points - both_points.points as decimal(28, 9)) as filtered_points
from both_points
inner join scoring_criteria on both_points.criterion_number = scoring_criteria.criterion_number
where both_points.unfiltered_points <> both_points.points
