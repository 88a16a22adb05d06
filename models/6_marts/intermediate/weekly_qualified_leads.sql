-- How many leads became an MQL or SQL in each of the last four weeks, by every live scoring model
-- that is challenged and by its challengers.
with challengers as (
    select * from {{ ref('config_challengers') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
),

qualified as (
    select
        day_scores.scoring_model,
        day_scores.lead_id,
        day_scores.as_of
    from {{ ref('day_scores') }} as day_scores
    inner join as_of_days on day_scores.as_of = as_of_days.as_of
    where
        as_of_days.is_week_end
        and day_scores.qualification in ('mql', 'sql')
),

compared_models as (
    select challengers.challenger as scoring_model
    from challengers

    union distinct

    select challengers.scoring_model
    from challengers
),

weeks as (
    select
        compared_models.scoring_model,
        as_of_days.as_of as week_ends_on
    from compared_models
    cross join as_of_days
    where
        as_of_days.is_week_end
        -- The first of the days only tells who was qualified before.
        and {{ days_between('as_of_days.as_of', as_of()) }} < 28
),

new_qualified as (
    select
        qualified.scoring_model,
        qualified.as_of,
        count(*) as new_leads
    from qualified
    left join qualified as week_before
        on
            qualified.scoring_model = week_before.scoring_model
            and qualified.lead_id = week_before.lead_id
            and {{ days_between('week_before.as_of', 'qualified.as_of') }} = 7
    where week_before.lead_id is null
    group by qualified.scoring_model, qualified.as_of
)

select
    weeks.scoring_model,
    weeks.week_ends_on,
    coalesce(new_qualified.new_leads, 0) as new_leads
from weeks
left join new_qualified
    on
        weeks.scoring_model = new_qualified.scoring_model
        and weeks.week_ends_on = new_qualified.as_of
