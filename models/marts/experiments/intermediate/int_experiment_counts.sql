-- What is counted of each arm: the leads that entered until both arms had the leads that the plan
-- asks for, or until the last day. Once their outcomes are known, later leads change nothing.
with experiments as (
    select * from {{ ref('config_experiments') }}
),

plans as (
    select * from {{ ref('experiment_plan') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

leads as (
    select * from {{ ref('int_experiment_outcomes') }}
    where period = 'within'
),

arms as (
    select
        experiments.experiment,
        experiments.ends_on,
        experiments.treated_arm as arm,
        true as is_treated,
        case
            when experiments.drawn_arm = experiments.treated_arm then plans.drawn_leads_needed
            else plans.usual_leads_needed
        end as leads_needed
    from experiments
    inner join plans on experiments.experiment = plans.experiment

    union all

    select
        experiments.experiment,
        experiments.ends_on,
        experiments.baseline_arm as arm,
        false as is_treated,
        case
            when experiments.drawn_arm = experiments.baseline_arm then plans.drawn_leads_needed
            else plans.usual_leads_needed
        end as leads_needed
    from experiments
    inner join plans on experiments.experiment = plans.experiment
),

counted_leads as (
    select
        leads.*,
        row_number() over (
            partition by leads.experiment, leads.arm
            order by leads.started_on, {{ byte_order('leads.lead_id') }}
        ) as lead_number
    from leads
),

reached as (
    select
        arms.experiment,
        arms.ends_on,
        arms.arm,
        arms.is_treated,
        arms.leads_needed,
        max(
            case
                when counted_leads.lead_number = arms.leads_needed then counted_leads.started_on
            end
        ) as reached_on
    from arms
    left join counted_leads
        on
            arms.experiment = counted_leads.experiment
            and arms.arm = counted_leads.arm
    group by arms.experiment, arms.ends_on, arms.arm, arms.is_treated, arms.leads_needed
),

closed as (
    select
        reached.*,
        case
            when count(reached.reached_on) over (partition by reached.experiment) = 2
                then max(reached.reached_on) over (partition by reached.experiment)
            else reached.ends_on
        end as counted_until_on,
        count(reached.reached_on) over (partition by reached.experiment) = 2 as is_large_enough
    from reached
),

known_leads as (
    select
        counted_leads.*,
        row_number() over (
            partition by counted_leads.experiment, counted_leads.arm
            order by
                case when counted_leads.minutes_to_attempt is null then 1 else 0 end asc,
                counted_leads.minutes_to_attempt asc
        ) as attempt_rank,
        count(counted_leads.minutes_to_attempt) over (
            partition by counted_leads.experiment, counted_leads.arm
        ) as attempts
    from counted_leads
    inner join closed
        on
            counted_leads.experiment = closed.experiment
            and counted_leads.arm = closed.arm
            and counted_leads.started_on <= closed.counted_until_on
    where counted_leads.is_known
),

outcomes as (
    select
        known_leads.experiment,
        known_leads.arm,
        count(*) as leads,
        sum(case when known_leads.is_converted then 1 else 0 end) as conversions,
        sum(known_leads.revenue) as revenue,
        avg(cast(known_leads.revenue as {{ type_double() }})) as revenue_per_lead,
        stddev_samp(cast(known_leads.revenue as {{ type_double() }})) as revenue_deviation,
        count(known_leads.minutes_to_attempt) as tried_leads,
        min(
            case
                when 2 * known_leads.attempt_rank >= known_leads.attempts
                    then known_leads.minutes_to_attempt
            end
        ) as median_minutes_to_attempt
    from known_leads
    group by known_leads.experiment, known_leads.arm
),

entered as (
    select
        counted_leads.experiment,
        counted_leads.arm,
        count(*) as leads
    from counted_leads
    group by counted_leads.experiment, counted_leads.arm
)

select
    closed.experiment,
    closed.arm,
    closed.is_treated,
    closed.leads_needed,
    coalesce(entered.leads, 0) as entered_leads,
    coalesce(outcomes.leads, 0) as leads,
    coalesce(outcomes.conversions, 0) as conversions,
    outcomes.revenue,
    outcomes.revenue_per_lead,
    outcomes.revenue_deviation,
    coalesce(outcomes.tried_leads, 0) as tried_leads,
    outcomes.median_minutes_to_attempt,
    closed.counted_until_on,
    {{ days_after(days_of_var('conversion_horizon_days'), 'closed.counted_until_on') }}
        as verdict_on,
    closed.is_large_enough,
    {{ days_between('closed.counted_until_on', 'publication.as_of') }}
    >= {{ days_of_var('conversion_horizon_days') }} as is_over
from closed
cross join publication
left join entered
    on
        closed.experiment = entered.experiment
        and closed.arm = entered.arm
left join outcomes
    on
        closed.experiment = outcomes.experiment
        and closed.arm = outcomes.arm
