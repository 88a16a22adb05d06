{#- Only DuckDB computes a CTE once for several uses. -#}
{{ config(materialized='ephemeral' if target.type == 'duckdb' else 'table') }}

-- Points of each lead and criterion on the way from the last published day to the run day, after
-- each step: as published; with today's rules and knowledge of that day, which are the published
-- points if they still hold; with today's identities; with today's activity; with ages as of the
-- run day. Only rows that a step changed.
with standings as (
    select * from {{ ref('int_compared_scores') }}
),

published_points as (
    select published_points.*
    from {{ ref('int_published_points') }} as published_points
    inner join {{ ref('int_scenarios') }} as scenarios
        on published_points.as_of = scenarios.clock_on
    where scenarios.step = 'merged'
),

points_unioned as (
    select * from {{ ref('int_points_unioned') }}
),

engagement_points as (
    select * from {{ ref('int_engagement_points') }}
),

-- These leads were scored again with ages as of that day; for all others, identities and activity
-- are the same.
stopped_leads as (
    select
        scenario_leads.score_key,
        scenario_leads.step,
        standings.standing_number
    from {{ ref('int_scenario_leads') }} as scenario_leads
    inner join standings
        on
            scenario_leads.lead_id = standings.lead_id
            and scenario_leads.scoring_model = standings.scoring_model
    where scenario_leads.step in ('merged', 'active')
),

scoring_criteria as (
    select
        scoring_criteria.criterion_number,
        scoring_criteria.scoring_model,
        scoring_criteria.criterion,
        scoring_criteria.dimension,
        scoring_criteria.is_limit
    from {{ ref('config_scoring_criteria') }} as scoring_criteria
),

-- A criterion that no longer exists gets a negative number.
former_criteria as (
    select
        -row_number() over (
            order by
                {{ byte_order('published_points.scoring_model') }},
                {{ byte_order('published_points.criterion') }}
        ) as criterion_number,
        published_points.scoring_model,
        published_points.criterion,
        min(published_points.dimension) as dimension,
        min(case when published_points.is_met then 0 else 1 end) = 1 as is_limit
    from published_points
    left join scoring_criteria
        on
            published_points.scoring_model = scoring_criteria.scoring_model
            and published_points.criterion = scoring_criteria.criterion
    where
        scoring_criteria.criterion_number is null
        and published_points.criterion <> ''
    group by published_points.scoring_model, published_points.criterion
),

criteria as (
    select * from scoring_criteria
    union all
    select * from former_criteria
),

published_entries as (
    select
        standings.standing_number,
        criteria.criterion_number,
        published_points.points
    from published_points
    inner join standings
        on
            published_points.lead_id = standings.lead_id
            and published_points.scoring_model = standings.scoring_model
    inner join criteria
        on
            published_points.scoring_model = criteria.scoring_model
            and published_points.criterion = criteria.criterion
),

-- Version 2.0 stored the key in each row.
published_people as (
    select
        standings.standing_number,
        max(published_points.people_key) as people_key
    from published_points
    inner join standings
        on
            published_points.lead_id = standings.lead_id
            and published_points.scoring_model = standings.scoring_model
    where published_points.people_key is not null
    group by standings.standing_number
),

known_now_entries as (
    select
        standings.standing_number,
        points_unioned.criterion_number,
        points_unioned.points
    from points_unioned
    inner join standings on points_unioned.score_key = standings.earlier_score_key
),

todays_entries as (
    select
        standings.standing_number,
        points_unioned.criterion_number,
        points_unioned.points
    from points_unioned
    inner join standings on points_unioned.score_key = standings.todays_score_key
),

stopped_entries as (
    select
        stopped_leads.standing_number,
        engagement_points.criterion_number,
        sum(case when stopped_leads.step = 'merged' then engagement_points.points else 0 end)
            as merged_points,
        sum(case when stopped_leads.step = 'active' then engagement_points.points else 0 end)
            as active_points
    from engagement_points
    inner join stopped_leads on engagement_points.score_key = stopped_leads.score_key
    group by stopped_leads.standing_number, engagement_points.criterion_number
),

known_then_and_now as (
    select
        published_entries.points as published_points,
        known_now_entries.points as known_now_points,
        coalesce(published_entries.standing_number, known_now_entries.standing_number)
            as standing_number,
        coalesce(published_entries.criterion_number, known_now_entries.criterion_number)
            as criterion_number
    from published_entries
    full outer join known_now_entries
        on
            published_entries.standing_number = known_now_entries.standing_number
            and published_entries.criterion_number = known_now_entries.criterion_number
),

both_days as (
    select
        known_then_and_now.published_points,
        known_then_and_now.known_now_points,
        todays_entries.points as today_points,
        coalesce(known_then_and_now.standing_number, todays_entries.standing_number)
            as standing_number,
        coalesce(known_then_and_now.criterion_number, todays_entries.criterion_number)
            as criterion_number
    from known_then_and_now
    full outer join todays_entries
        on
            known_then_and_now.standing_number = todays_entries.standing_number
            and known_then_and_now.criterion_number = todays_entries.criterion_number
),

all_steps as (
    select
        coalesce(both_days.published_points, 0) as published_points,
        coalesce(both_days.known_now_points, 0) as known_now_points,
        coalesce(stopped_entries.merged_points, 0) as merged_points,
        coalesce(stopped_entries.active_points, 0) as active_points,
        coalesce(both_days.today_points, 0) as today_points,
        coalesce(both_days.standing_number, stopped_entries.standing_number) as standing_number,
        coalesce(both_days.criterion_number, stopped_entries.criterion_number)
            as criterion_number
    from both_days
    full outer join stopped_entries
        on
            both_days.standing_number = stopped_entries.standing_number
            and both_days.criterion_number = stopped_entries.criterion_number
),

all_entries as (
    select
        standings.lead_id,
        standings.scoring_model,
        standings.is_scored_before,
        standings.is_scored_today,
        standings.absence_cause,
        criteria.criterion,
        criteria.dimension,
        criteria.is_limit,
        all_steps.standing_number,
        all_steps.published_points,
        all_steps.merged_points,
        all_steps.active_points,
        all_steps.today_points,
        case
            when
                case criteria.dimension
                    when 'fit' then standings.is_fit_unchanged
                    else standings.is_engagement_unchanged
                end
                then all_steps.published_points
            else all_steps.known_now_points
        end as known_now_points,
        (
            stopped_leads.standing_number is not null
            and criteria.dimension = 'engagement'
            and not criteria.is_limit
        ) as is_stopped
    from all_steps
    inner join standings on all_steps.standing_number = standings.standing_number
    inner join criteria on all_steps.criterion_number = criteria.criterion_number
    left join stopped_leads
        on
            all_steps.standing_number = stopped_leads.standing_number
            and stopped_leads.step = 'active'
),

stepped as (
    select
        all_entries.lead_id,
        all_entries.scoring_model,
        all_entries.criterion,
        all_entries.dimension,
        all_entries.is_limit,
        all_entries.is_scored_before,
        all_entries.is_scored_today,
        all_entries.absence_cause,
        all_entries.standing_number,
        all_entries.published_points,
        all_entries.known_now_points,
        all_entries.today_points,
        case
            when all_entries.is_stopped then all_entries.merged_points
            else all_entries.known_now_points
        end as merged_points,
        case
            when all_entries.is_stopped then all_entries.active_points
            else all_entries.known_now_points
        end as active_points
    from all_entries
)

-- Narrower decimals than elsewhere: Spark drops the ninth decimal of the difference of wider ones.
select
    stepped.lead_id,
    stepped.scoring_model,
    stepped.criterion,
    stepped.dimension,
    stepped.is_limit,
    stepped.is_scored_before,
    stepped.is_scored_today,
    stepped.absence_cause,
    cast(stepped.published_points as decimal(28, 9)) as published_points,
    cast(stepped.known_now_points as decimal(28, 9)) as known_now_points,
    cast(stepped.merged_points as decimal(28, 9)) as merged_points,
    cast(stepped.active_points as decimal(28, 9)) as active_points,
    cast(stepped.today_points as decimal(28, 9)) as today_points,
    published_people.people_key as published_people_key
from stepped
left join published_people on stepped.standing_number = published_people.standing_number
where
    stepped.published_points <> stepped.known_now_points
    or stepped.known_now_points <> stepped.merged_points
    or stepped.merged_points <> stepped.active_points
    or stepped.active_points <> stepped.today_points
