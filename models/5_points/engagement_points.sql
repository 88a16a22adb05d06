-- The engagement criteria that leads meet, held to the most that each may give or take.
with decayed_points as (
    select * from {{ ref('decayed_points') }}
),

counted_points as (
    select * from {{ ref('counted_points') }}
),

scored_leads as (
    select * from {{ ref('scored_leads') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

met as (
    select decayed_points.*
    from decayed_points
    inner join scored_leads
        on
            decayed_points.as_of = scored_leads.as_of
            and decayed_points.lead_id = scored_leads.lead_id
            and decayed_points.scoring_model = scored_leads.scoring_model

    union all

    select * from counted_points
)

select
    met.as_of,
    met.lead_id,
    met.scoring_model,
    met.criterion,
    engagement_criteria.category,
    met.occurrences,
    met.last_occurred_on,
    cast(round(met.raw_points, 9) as decimal(38, 9)) as raw_points,
    cast(
        least(
            greatest(
                met.points,
                coalesce(-cast(engagement_criteria.max_points as double), met.points)
            ),
            coalesce(cast(engagement_criteria.max_points as double), met.points)
        ) as decimal(38, 9)
    ) as points,
    concat(
        met.occurrences,
        case when met.occurrences = 1 then ' time' else ' times' end,
        case
            when met.last_occurred_on is not null
                then concat(', last on ', cast(met.last_occurred_on as varchar))
            else ''
        end
    ) as evidence
from met
inner join engagement_criteria
    on
        met.scoring_model = engagement_criteria.scoring_model
        and met.criterion = engagement_criteria.criterion
