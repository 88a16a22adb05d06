-- Leads of each scoring model on past days, and whether they converted within the horizon after
-- that day. A lead is observed again only when the horizon of its last observation is over, so that
-- no conversion counts twice. The outcome is unknown if the horizon is not over on the as-of day of
-- the run.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

deals_of_leads as (
    select * from {{ ref('int_deals_of_leads') }}
),

steps_back as (
    select
        scored_leads.as_of,
        scored_leads.lead_id,
        scored_leads.scoring_model,
        {{ days_between('scored_leads.as_of', as_of()) }} as days_ago,
        {{ days_between('scored_leads.as_of', as_of()) }}
        / {{ days_of_var('evaluation_step_days') }} as steps_ago
    from {{ ref('int_scored_leads') }} as scored_leads
    inner join scoring_dates on scored_leads.as_of = scoring_dates.as_of
    where scoring_dates.is_evaluation_day
),

first_observations as (
    select
        steps_back.*,
        max(steps_back.steps_ago) over (
            partition by steps_back.lead_id, steps_back.scoring_model
        ) as first_steps_ago
    from steps_back
),

observations as (
    select
        first_observations.as_of,
        first_observations.lead_id,
        first_observations.scoring_model,
        first_observations.days_ago < {{ days_of_var('conversion_horizon_days') }}
            as is_censored
    from first_observations
    where
        mod(
            cast(first_observations.first_steps_ago - first_observations.steps_ago as integer),
            {{ steps_of_horizon() }}
        ) = 0
),

conversions as (
    select
        observations.as_of,
        observations.lead_id,
        observations.scoring_model,
        min(deals_of_leads.closed_on) as converted_on
    from observations
    inner join outcomes on observations.scoring_model = outcomes.scoring_model
    inner join deals_of_leads
        on
            observations.as_of = deals_of_leads.as_of
            and observations.lead_id = deals_of_leads.lead_id
            and outcomes.is_won = deals_of_leads.is_won
            and {{ is_counted_deal('outcomes', 'deals_of_leads', 'observations.as_of') }}
    where not observations.is_censored
    group by observations.as_of, observations.lead_id, observations.scoring_model
),

-- Used to find the holdout: the later days of a scoring model's observations with a known outcome.
observations_by_day as (
    select
        observations.as_of,
        observations.scoring_model,
        count(*) as observations
    from observations
    where not observations.is_censored
    group by observations.as_of, observations.scoring_model
),

observations_until as (
    select
        observations_by_day.as_of,
        observations_by_day.scoring_model,
        sum(observations_by_day.observations) over (
            partition by observations_by_day.scoring_model
            order by observations_by_day.as_of
            rows between unbounded preceding and current row
        ) as observations_until_day,
        sum(observations_by_day.observations) over (
            partition by observations_by_day.scoring_model
        ) as observations,
        min(observations_by_day.as_of) over (
            partition by observations_by_day.scoring_model
        ) as first_day
    from observations_by_day
)

select
    observations.scoring_model,
    observations.as_of,
    observations.lead_id,
    evaluation_plan.evaluated_on,
    observations.is_censored,
    case
        when not observations.is_censored then conversions.converted_on is not null
    end as is_converted,
    conversions.converted_on,
    {{ days_between('observations.as_of', 'conversions.converted_on') }} as days_to_conversion,
    coalesce(
        observations_until.as_of > observations_until.first_day
        and 4 * observations_until.observations_until_day > 3 * observations_until.observations,
        false
    ) as is_later
from observations
cross join evaluation_plan
left join conversions
    on
        observations.as_of = conversions.as_of
        and observations.lead_id = conversions.lead_id
        and observations.scoring_model = conversions.scoring_model
left join observations_until
    on
        observations.as_of = observations_until.as_of
        and observations.scoring_model = observations_until.scoring_model
        and not observations.is_censored
