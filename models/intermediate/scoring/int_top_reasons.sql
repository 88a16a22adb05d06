{{ config(materialized='ephemeral') }}

-- The three criteria that give a lead the most points, as text, with the time since the lead's
-- last activity for them.
with scored_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where needs_scores
),

points_unioned as (
    select * from {{ ref('int_points_unioned') }}
    -- Rounded to 0.1 or more.
    where is_met and points >= 0.05
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

ranked as (
    select
        points_unioned.score_key,
        points_unioned.criterion_number,
        points_unioned.last_occurred_on,
        points_unioned.points,
        row_number() over (
            partition by points_unioned.score_key
            order by points_unioned.points desc, scoring_criteria.name_order asc
        ) as reason_rank
    from points_unioned
    inner join scored_leads on points_unioned.score_key = scored_leads.score_key
    inner join scoring_criteria
        on points_unioned.criterion_number = scoring_criteria.criterion_number
),

aged as (
    select
        ranked.score_key,
        ranked.reason_rank,
        ranked.points,
        coalesce(scoring_criteria.description, scoring_criteria.criterion) as description,
        case
            when scoring_criteria.is_dated
                then {{ days_between('ranked.last_occurred_on', 'scored_leads.as_of') }}
        end as age_days
    from ranked
    inner join scored_leads on ranked.score_key = scored_leads.score_key
    inner join scoring_criteria on ranked.criterion_number = scoring_criteria.criterion_number
    where ranked.reason_rank <= 3
),

reasons as (
    select
        aged.score_key,
        aged.reason_rank,
        aged.description,
        concat(
            aged.description,
            case
                when aged.age_days is null then ''
                when aged.age_days = 0 then ' today'
                when aged.age_days = 1 then ' yesterday'
                else concat(
                    ' ', cast(aged.age_days as {{ dbt.type_string() }}), ' days ago'
                )
            end,
            ': +',
            {{ number_as_text('round(aged.points, 1)') }}
        ) as reason
    from aged
),

lists as (
    select
        reasons.score_key,
        count(*) as reason_count,
        concat(
            max(case when reasons.reason_rank = 1 then reasons.reason end),
            coalesce('; ' || max(case when reasons.reason_rank = 2 then reasons.reason end), ''),
            coalesce('; ' || max(case when reasons.reason_rank = 3 then reasons.reason end), '')
        ) as top_reasons,
        concat(
            max(case when reasons.reason_rank = 1 then reasons.description end),
            coalesce(
                '; ' || max(case when reasons.reason_rank = 2 then reasons.description end), ''
            ),
            coalesce(
                '; ' || max(case when reasons.reason_rank = 3 then reasons.description end), ''
            )
        ) as top_descriptions
    from reasons
    group by reasons.score_key
)

select
    lists.score_key,
    lists.reason_count,
    lists.top_reasons,
    lists.top_descriptions
from lists
