-- The points of each lead and criterion on the way from the last published day to the run's day,
-- as they were after each step: published; with today's rules and knowledge of that day; with
-- today's identities; with today's activity; with the clock moved on.
with compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

published_points as (
    select * from {{ ref('published_points') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

day_ledger as (
    select day_ledger.*
    from {{ ref('day_ledger') }} as day_ledger
    where day_ledger.scoring_model not in (select challengers.challenger from challengers)
),

-- The clock was stopped for what these leads did; of others identities and activity are the same.
stopped_leads as (
    select * from {{ ref('scenario_leads') }}
    where step <> 'day'
),

engagement_points as (
    select * from {{ ref('engagement_points') }}
),

scoring_criteria as (
    select * from {{ ref('scoring_criteria') }}
),

steps as (
    select
        published_points.lead_id,
        published_points.scoring_model,
        published_points.criterion,
        published_points.dimension,
        published_points.is_met,
        published_points.people_key,
        'published' as step,
        published_points.points
    from published_points
    inner join compared_days on published_points.as_of = compared_days.from_day

    union all

    select
        day_ledger.lead_id,
        day_ledger.scoring_model,
        day_ledger.criterion,
        day_ledger.dimension,
        day_ledger.is_met,
        cast(null as bigint) as people_key,
        'known_now' as step,
        day_ledger.points
    from day_ledger
    inner join compared_days on day_ledger.as_of = compared_days.from_day

    union all

    select
        stopped_leads.lead_id,
        stopped_leads.scoring_model,
        scoring_criteria.criterion,
        'engagement' as dimension,
        true as is_met,
        cast(null as bigint) as people_key,
        stopped_leads.step,
        engagement_points.points
    from engagement_points
    inner join stopped_leads on engagement_points.score_key = stopped_leads.score_key
    inner join scoring_criteria
        on engagement_points.criterion_number = scoring_criteria.criterion_number

    union all

    select
        published_points.lead_id,
        published_points.scoring_model,
        published_points.criterion,
        published_points.dimension,
        published_points.is_met,
        published_points.people_key,
        'today' as step,
        published_points.points
    from published_points
    inner join compared_days on published_points.as_of = compared_days.to_day
),

-- Narrower numbers than points are elsewhere: Spark cuts the ninth decimal off a wider difference.
pivoted as (
    select
        steps.lead_id,
        steps.scoring_model,
        steps.criterion,
        min(steps.dimension) as dimension,
        {%- for step in ['published', 'known_now', 'merged', 'active', 'today'] %}
        cast(
            sum(case when steps.step = '{{ step }}' then steps.points else 0 end) as decimal(28, 9)
        ) as {{ step }}_points,
        {%- endfor %}
        min(case when steps.is_met then 0 else 1 end) = 1 as is_limit,
        max(max(case when steps.step = 'published' then steps.people_key end)) over (
            partition by steps.lead_id, steps.scoring_model
        ) as published_people_key
    from steps
    group by steps.lead_id, steps.scoring_model, steps.criterion
)

select
    pivoted.lead_id,
    pivoted.scoring_model,
    pivoted.criterion,
    pivoted.dimension,
    pivoted.is_limit,
    pivoted.published_points,
    pivoted.known_now_points,
    pivoted.today_points,
    pivoted.published_people_key,
    case
        when
            stopped_leads.lead_id is not null
            and pivoted.dimension = 'engagement'
            and not pivoted.is_limit
            then pivoted.merged_points
        else pivoted.known_now_points
    end as merged_points,
    case
        when
            stopped_leads.lead_id is not null
            and pivoted.dimension = 'engagement'
            and not pivoted.is_limit
            then pivoted.active_points
        else pivoted.known_now_points
    end as active_points
from pivoted
left join stopped_leads
    on
        pivoted.lead_id = stopped_leads.lead_id
        and pivoted.scoring_model = stopped_leads.scoring_model
        and stopped_leads.step = 'active'
