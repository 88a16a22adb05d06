-- What became of each lead within the horizon: whether it converted, as evaluations define it, the
-- revenue, and when sales first tried to reach it.
with starts as (
    select * from {{ ref('int_experiment_starts') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

deal_leads as (
    select deal_leads.*
    from {{ ref('int_deal_leads') }} as deal_leads
    inner join publication on deal_leads.as_of = publication.as_of
),

deals as (
    select * from {{ ref('int_current_deals') }}
    where closed_on <= as_of
),

deals_of_leads as (
    select
        starts.experiment,
        starts.period,
        starts.lead_id,
        deal_leads.deal_id
    from starts
    inner join deal_leads on starts.lead_id = deal_leads.lead_id
    where starts.is_known

    union distinct

    select
        starts.experiment,
        starts.period,
        starts.lead_id,
        deals.deal_id
    from starts
    inner join deals on starts.company_id = deals.company_id
    where starts.is_known
),

closed as (
    select
        starts.experiment,
        starts.period,
        starts.lead_id,
        sum(case when deals.is_won = outcomes.is_won then 1 else 0 end) as conversions,
        sum(case when deals.is_won then coalesce(deals.amount, 0) else 0 end) as revenue
    from starts
    inner join deals_of_leads
        on
            starts.experiment = deals_of_leads.experiment
            and starts.period = deals_of_leads.period
            and starts.lead_id = deals_of_leads.lead_id
    inner join deals on deals_of_leads.deal_id = deals.deal_id
    inner join outcomes
        on
            starts.scoring_model = outcomes.scoring_model
            and {{ is_counted_deal('outcomes', 'deals', 'starts.started_on') }}
    group by starts.experiment, starts.period, starts.lead_id
),

attempts as (
    select
        activities.occurred_at,
        {{ local_date('activities.occurred_at') }} as occurred_on,
        activities.survivor_id as lead_id
    from {{ ref('int_sales_activities') }} as activities
    where {{ is_attempt('activities') }}
),

first_attempts as (
    select
        starts.experiment,
        starts.period,
        starts.lead_id,
        min(attempts.occurred_at) as first_attempt_at
    from starts
    inner join attempts
        on
            starts.lead_id = attempts.lead_id
            and starts.started_at < attempts.occurred_at
            and {{ is_in_experiment('starts.started_on', 'attempts.occurred_on') }}
    inner join publication on attempts.occurred_on <= publication.as_of
    where starts.is_known and starts.period = 'within'
    group by starts.experiment, starts.period, starts.lead_id
)

select
    starts.experiment,
    starts.period,
    starts.arm,
    starts.lead_id,
    starts.started_on,
    starts.last_started_on,
    starts.is_known,
    case when starts.is_known then coalesce(closed.conversions, 0) > 0 end as is_converted,
    case when starts.is_known then coalesce(closed.revenue, 0) end as revenue,
    {{ begun_minutes(
        microseconds('first_attempts.first_attempt_at') ~ ' - ' ~ microseconds('starts.started_at')
    ) }} as minutes_to_attempt
from starts
left join closed
    on
        starts.experiment = closed.experiment
        and starts.period = closed.period
        and starts.lead_id = closed.lead_id
left join first_attempts
    on
        starts.experiment = first_attempts.experiment
        and starts.period = first_attempts.period
        and starts.lead_id = first_attempts.lead_id
