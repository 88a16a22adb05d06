{{ config(materialized='ephemeral') }}

-- Why the points of each lead and criterion differ between the last published day and the run day:
-- the change of each step is attributed to its cause, so that the causes add up to the difference.
with steps as (
    select * from {{ ref('int_points_by_step') }}
),

compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

definitions as (
    select * from {{ ref('config_scoring_criteria') }}
),

published_criteria as (
    select published_criteria.*
    from {{ ref('int_published_criteria') }} as published_criteria
    inner join compared_days on published_criteria.as_of = compared_days.from_day
),

people_keys as (
    select people_keys.*
    from {{ ref('int_people_keys') }} as people_keys
    inner join compared_days on people_keys.as_of = compared_days.from_day
),

-- Leads that other contacts have since been merged into.
merged_leads as (
    select todays_keys.lead_id
    from compared_days
    inner join {{ ref('int_people_keys') }} as todays_keys
        on compared_days.to_day = todays_keys.as_of
    inner join people_keys on todays_keys.lead_id = people_keys.lead_id
    where todays_keys.people_key <> people_keys.people_key
),

-- A lead has the deals of all contacts merged into it; other attributes are the survivor's own.
shared_criteria as (
    select
        fit_criteria.scoring_model,
        fit_criteria.criterion
    from {{ ref('config_fit_criteria') }} as fit_criteria
    where fit_criteria.attribute in ({{ as_literals(sql_attributes()) }})
),

waiting_dates as (
    select * from {{ ref('int_waiting_dates') }}
),

judged as (
    select
        steps.*,
        waiting_dates.lead_id is not null as is_date_waiting,
        (
            merged_leads.lead_id is not null and shared_criteria.criterion is not null
        ) as is_merge_of_deals,
        (
            definitions.definition_key is distinct from published_criteria.definition_key
        ) as is_rule_edited,
        (steps.published_people_key <> people_keys.people_key) as is_other_people
    from steps
    left join definitions
        on
            steps.scoring_model = definitions.scoring_model
            and steps.criterion = definitions.criterion
    left join published_criteria
        on
            steps.scoring_model = published_criteria.scoring_model
            and steps.criterion = published_criteria.criterion
    left join people_keys on steps.lead_id = people_keys.lead_id
    left join merged_leads on steps.lead_id = merged_leads.lead_id
    left join shared_criteria
        on
            steps.scoring_model = shared_criteria.scoring_model
            and steps.criterion = shared_criteria.criterion
    left join waiting_dates
        on
            steps.lead_id = waiting_dates.lead_id
            and steps.scoring_model = waiting_dates.scoring_model
            and steps.criterion = waiting_dates.criterion
),

scored_twice as (
    select judged.*
    from judged
    where judged.is_scored_before and judged.is_scored_today and judged.absence_cause is null
),

parts as (
    -- All points of a lead that was scored on one of the days only, or outside every population on
    -- the first.
    select
        judged.lead_id,
        judged.scoring_model,
        judged.criterion,
        coalesce(
            judged.absence_cause,
            case
                when judged.is_limit then 'limit'
                when judged.dimension = 'fit' then 'attribute'
                else 'new_activity'
            end
        ) as cause,
        judged.today_points - judged.published_points as points_change
    from judged
    where
        judged.absence_cause is not null
        or not (judged.is_scored_before and judged.is_scored_today)

    union all

    -- Changed rules, or facts about the last published day that became known later.
    select
        scored_twice.lead_id,
        scored_twice.scoring_model,
        scored_twice.criterion,
        case
            when scored_twice.is_rule_edited then 'rules'
            when scored_twice.is_limit then 'limit'
            when scored_twice.is_other_people then 'merge'
            when scored_twice.dimension = 'fit' then 'attribute'
            else 'new_activity'
        end as cause,
        scored_twice.known_now_points - scored_twice.published_points as points_change
    from scored_twice

    union all

    select
        scored_twice.lead_id,
        scored_twice.scoring_model,
        scored_twice.criterion,
        'merge' as cause,
        scored_twice.merged_points - scored_twice.known_now_points as points_change
    from scored_twice

    union all

    select
        scored_twice.lead_id,
        scored_twice.scoring_model,
        scored_twice.criterion,
        'new_activity' as cause,
        scored_twice.active_points - scored_twice.merged_points as points_change
    from scored_twice

    union all

    -- For engagement, only ages are left; fit has no other steps.
    select
        scored_twice.lead_id,
        scored_twice.scoring_model,
        scored_twice.criterion,
        case
            when scored_twice.is_limit then 'limit'
            when scored_twice.is_merge_of_deals then 'merge'
            when scored_twice.dimension = 'fit' and not scored_twice.is_date_waiting
                then 'attribute'
            else 'decay'
        end as cause,
        scored_twice.today_points - scored_twice.active_points as points_change
    from scored_twice
)

select
    parts.lead_id,
    parts.scoring_model,
    compared_days.from_day as from_date,
    parts.cause,
    parts.criterion,
    cast(sum(parts.points_change) as decimal(38, 9)) as points_change
from parts
cross join compared_days
where parts.points_change <> 0
group by
    parts.lead_id, parts.scoring_model, compared_days.from_day, parts.cause, parts.criterion
having sum(parts.points_change) <> 0
