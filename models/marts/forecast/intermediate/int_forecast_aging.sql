-- Activity of the forecast leads, summed where it ages in the same way: activity with a
-- half-life is one number per criterion, because all of it halves in the same time; other days keep
-- their age.
with forecast_leads as (
    select * from {{ ref('int_forecast_leads') }}
),

lead_activity_daily as (
    select * from {{ ref('int_lead_activity_daily') }}
),

sql_activity_daily as (
    select * from {{ ref('int_sql_activity_daily') }}
),

counted_activities as (
    select * from {{ ref('int_counted_activities') }}
),

days as (
    select
        forecast_leads.score_key,
        forecast_leads.model_number,
        lead_activity_daily.activity_number,
        lead_activity_daily.occurrences,
        lead_activity_daily.quantity,
        {{ days_between('lead_activity_daily.occurred_on', 'forecast_leads.as_of') }} as age_days
    from forecast_leads
    inner join lead_activity_daily on forecast_leads.lead_key = lead_activity_daily.lead_key
    where lead_activity_daily.occurred_on <= forecast_leads.as_of

    union all

    select
        forecast_leads.score_key,
        forecast_leads.model_number,
        sql_activity_daily.activity_number,
        cast(sum(sql_activity_daily.occurrences) as bigint) as occurrences,
        cast(null as decimal(38, 9)) as quantity,
        {{ days_between('sql_activity_daily.occurred_on', 'forecast_leads.as_of') }} as age_days
    from forecast_leads
    inner join sql_activity_daily on forecast_leads.lead_key = sql_activity_daily.lead_key
    where
        sql_activity_daily.occurred_on <= forecast_leads.as_of
        and coalesce(sql_activity_daily.undone_on > forecast_leads.as_of, true)
        and coalesce(sql_activity_daily.as_of = forecast_leads.as_of, true)
    group by
        forecast_leads.score_key,
        forecast_leads.model_number,
        forecast_leads.as_of,
        sql_activity_daily.activity_number,
        sql_activity_daily.occurred_on
),

counted_days as (
    select
        days.score_key,
        days.age_days,
        counted_activities.criterion_number,
        counted_activities.is_rate_base,
        counted_activities.rule = 'inactive'
        or (
            counted_activities.window_days is null
            and (
                counted_activities.rule not in ('each', 'amount')
                or counted_activities.decay in ('none', 'half_life')
            )
        ) as ages_alike,
        case
            when days.occurrences > counted_activities.daily_limit
                then counted_activities.daily_limit
            else days.occurrences
        end as limited_occurrences,
        cast(coalesce(days.quantity, 0) as {{ type_double() }}) / counted_activities.amount_per
            as amount,
        case
            when counted_activities.decay = 'half_life' and counted_activities.window_days is null
                then {{ decay_weight('counted_activities', 'days.age_days') }}
            else 1
        end as weight
    from days
    inner join counted_activities
        on
            days.activity_number = counted_activities.activity_number
            and days.model_number = counted_activities.model_number
    where
        counted_activities.rule = 'inactive'
        or days.age_days < coalesce(
            case
                when counted_activities.rule = 'decline' then 2 * counted_activities.window_days
                else counted_activities.window_days
            end,
            case
                when counted_activities.decay in ('linear', 'expire')
                    then counted_activities.decay_days
            end,
            days.age_days + 1
        )
)

select
    counted_days.score_key,
    counted_days.criterion_number,
    counted_days.is_rate_base,
    case when counted_days.ages_alike then 0 else counted_days.age_days end as aged_days,
    min(counted_days.age_days) as last_age_days,
    sum(counted_days.limited_occurrences) as limited_occurrences,
    sum(
        counted_days.weight
        * coalesce(
            counted_days.amount, cast(counted_days.limited_occurrences as {{ type_double() }})
        )
    ) as units
from counted_days
group by
    counted_days.score_key,
    counted_days.criterion_number,
    counted_days.is_rate_base,
    case when counted_days.ages_alike then 0 else counted_days.age_days end
