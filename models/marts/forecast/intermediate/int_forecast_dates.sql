-- Future days for which these leads are scored: 7 and 30 days ahead for all, and each of the next
-- 31 days for leads that may fall below their tier. A lead may fall if its score would be too low
-- without the most that each criterion can lose by then, or if time alone can close a gate.
with forecast_leads as (
    select * from {{ ref('int_forecast_leads') }}
),

gated_scores as (
    select * from {{ ref('int_gated_scores') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
    where operator = 'due_within'
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

engagement_points as (
    select * from {{ ref('int_engagement_points') }}
),

forecast_aging as (
    select * from {{ ref('int_forecast_aging') }}
),

coming_dates as (
    select * from {{ ref('int_forecast_due_dates') }}
),

-- Points that leads have now.
lost_points as (
    select
        forecast_leads.score_key,
        'engagement' as dimension,
        cast(engagement_points.points as {{ type_double() }})
        * case
            when engagement_criteria.rule = 'inactive' then 0
            when engagement_criteria.rule in ('rate', 'decline') then 1
            when engagement_criteria.window_days is not null then 1
            when engagement_criteria.rule = 'count' or engagement_criteria.decay = 'none' then 0
            when engagement_criteria.decay = 'half_life'
                then 1 - {{ decay_weight('engagement_criteria', '31') }}
            else 1
        end as points
    from forecast_leads
    inner join engagement_points on forecast_leads.score_key = engagement_points.score_key
    inner join engagement_criteria
        on engagement_points.criterion_number = engagement_criteria.criterion_number
    where engagement_points.points > 0
),

-- Points that leads do not have now but may be deducted.
taken_points as (
    select distinct
        forecast_aging.score_key,
        forecast_aging.criterion_number,
        -cast(engagement_criteria.points as {{ type_double() }}) as points
    from forecast_aging
    inner join engagement_criteria
        on forecast_aging.criterion_number = engagement_criteria.criterion_number
    where
        engagement_criteria.points < 0
        and (
            engagement_criteria.rule in ('rate', 'decline')
            or (
                engagement_criteria.rule = 'count'
                and engagement_criteria.max_count is not null
                and engagement_criteria.window_days is not null
            )
        )

    union all

    select
        forecast_leads.score_key,
        engagement_criteria.criterion_number,
        -cast(engagement_criteria.points as {{ type_double() }}) as points
    from forecast_leads
    inner join engagement_criteria
        on
            forecast_leads.model_number = engagement_criteria.model_number
            and engagement_criteria.rule = 'inactive'
            and engagement_criteria.points < 0
    left join forecast_aging
        on
            forecast_leads.score_key = forecast_aging.score_key
            and engagement_criteria.criterion_number = forecast_aging.criterion_number
    where
        coalesce(
            forecast_aging.last_age_days,
            {{ days_between('forecast_leads.created_on', 'forecast_leads.as_of') }}
        ) + 31 >= engagement_criteria.window_days
),

newly_taken_points as (
    select
        taken_points.score_key,
        'engagement' as dimension,
        taken_points.points
    from taken_points
    left join engagement_points
        on
            taken_points.score_key = engagement_points.score_key
            and taken_points.criterion_number = engagement_points.criterion_number
    where engagement_points.score_key is null
),

losses as (
    select
        all_losses.score_key,
        sum(case when all_losses.dimension = 'fit' then all_losses.points else 0 end) as fit_loss,
        sum(case when all_losses.dimension = 'fit' then 0 else all_losses.points end)
            as engagement_loss
    from (
        select * from lost_points
        union all
        select * from newly_taken_points
        union all
        select
            coming_dates.score_key,
            'fit' as dimension,
            cast(abs(fit_criteria.points) as {{ type_double() }}) as points
        from coming_dates
        inner join fit_criteria on coming_dates.criterion_number = fit_criteria.criterion_number
    ) as all_losses
    group by all_losses.score_key
),

-- Scoring models with a gate that can close without any event.
moving_gates as (
    select distinct scoring_criteria.model_number
    from score_gates
    inner join scoring_criteria
        on
            score_gates.scoring_model = scoring_criteria.scoring_model
            and score_gates.criterion_word = lower(scoring_criteria.criterion)
    left join engagement_criteria
        on scoring_criteria.criterion_number = engagement_criteria.criterion_number
    left join fit_criteria
        on scoring_criteria.criterion_number = fit_criteria.criterion_number
    where
        fit_criteria.criterion_number is not null
        or engagement_criteria.rule in ('inactive', 'rate', 'decline')
        or (
            engagement_criteria.window_days is not null
            and (score_gates.applies_when = 'not_met' or engagement_criteria.max_count is not null)
        )
),

bounds as (
    select
        forecast_leads.score_key,
        forecast_leads.keep_score,
        moving_gates.model_number is not null or gated_scores.is_disqualified as is_gated,
        least(
            100 * cast(scoring_models.fit_weight as {{ type_double() }})
            * {{ share_of_target(
                "cast(gated_scores.fit_points as " ~ type_double() ~ ") - coalesce(losses.fit_loss, 0)",
                'scoring_models.fit_target'
            ) }}
            + 100 * cast(scoring_models.engagement_weight as {{ type_double() }})
            * {{ share_of_target(
                "cast(gated_scores.engagement_points as " ~ type_double()
                ~ ") - coalesce(losses.engagement_loss, 0)",
                'scoring_models.engagement_target'
            ) }},
            cast(gated_scores.score as {{ type_double() }})
        ) as lowest_score
    from forecast_leads
    inner join gated_scores on forecast_leads.score_key = gated_scores.score_key
    inner join scoring_models on forecast_leads.model_number = scoring_models.model_number
    left join losses on forecast_leads.score_key = losses.score_key
    left join moving_gates on forecast_leads.model_number = moving_gates.model_number
),

ones as (
    select 0 as digit
    union all
    select 1 as digit
),

numbers as (
    select
        ones.digit
        + 2 * twos.digit
        + 4 * fours.digit
        + 8 * eights.digit
        + 16 * sixteens.digit as days_ahead
    from ones
    cross join ones as twos
    cross join ones as fours
    cross join ones as eights
    cross join ones as sixteens
)

select
    bounds.score_key,
    cast(numbers.days_ahead as integer) as days_ahead
from bounds
cross join numbers
where
    numbers.days_ahead in (7, 30)
    or (
        numbers.days_ahead > 0
        -- A tenth allows for the rounding of scores.
        and (bounds.is_gated or bounds.lowest_score < bounds.keep_score + 0.1)
    )
