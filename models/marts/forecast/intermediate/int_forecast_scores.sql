{{ config(materialized='ephemeral') }}

-- Scores on the forecast days if nothing more happens; limits, gates and rounding are as today.
with forecast_leads as (
    select * from {{ ref('int_forecast_leads') }}
),

forecast_dates as (
    select * from {{ ref('int_forecast_dates') }}
),

forecast_points as (
    select * from {{ ref('int_forecast_points') }}
),

forecast_due_dates as (
    select * from {{ ref('int_forecast_due_dates') }}
),

gated_scores as (
    select * from {{ ref('int_gated_scores') }}
),

fit_points as (
    select * from {{ ref('int_fit_points') }}
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

due_criteria as (
    select config_fit_criteria.criterion_number
    from {{ ref('config_fit_criteria') }} as config_fit_criteria
    where config_fit_criteria.operator = 'due_within'
),

dated_leads as (
    select distinct forecast_due_dates.score_key
    from forecast_due_dates
),

limited_criteria as (
    select
        criteria.criterion_number,
        limits.criterion_number as limit_number
    from scoring_criteria as limits
    inner join scoring_criteria as criteria
        on
            limits.model_number = criteria.model_number
            and limits.dimension = criteria.dimension
            and limits.category_word = criteria.category_word
    where limits.is_limit and not criteria.is_limit
),

limits as (
    select scoring_criteria.*
    from scoring_criteria
    where
        scoring_criteria.is_limit
        and scoring_criteria.criterion_number in (
            select limited_criteria.limit_number from limited_criteria
        )
),

category_points as (
    select
        forecast_points.score_key,
        forecast_points.days_ahead,
        limited_criteria.limit_number,
        sum(forecast_points.points) as points
    from forecast_points
    inner join limited_criteria
        on forecast_points.criterion_number = limited_criteria.criterion_number
    group by
        forecast_points.score_key, forecast_points.days_ahead, limited_criteria.limit_number
),

-- A limit that 0 points violate also applies to leads that meet none of the criteria.
empty_categories as (
    select
        forecast_dates.score_key,
        forecast_dates.days_ahead,
        limits.criterion_number as limit_number,
        cast(0 as decimal(38, 9)) as points
    from forecast_dates
    inner join forecast_leads on forecast_dates.score_key = forecast_leads.score_key
    inner join limits
        on
            forecast_leads.model_number = limits.model_number
            and (limits.min_points > 0 or limits.max_points < 0)
    left join category_points
        on
            forecast_dates.score_key = category_points.score_key
            and forecast_dates.days_ahead = category_points.days_ahead
            and limits.criterion_number = category_points.limit_number
    where category_points.score_key is null
),

all_categories as (
    select * from category_points
    union all
    select * from empty_categories
),

entries as (
    select
        forecast_points.score_key,
        forecast_points.days_ahead,
        scoring_criteria.dimension,
        forecast_points.points
    from forecast_points
    inner join scoring_criteria
        on forecast_points.criterion_number = scoring_criteria.criterion_number

    union all

    select
        all_categories.score_key,
        all_categories.days_ahead,
        limits.dimension,
        {{ limit_change('all_categories.points', 'limits') }} as points
    from all_categories
    inner join limits on all_categories.limit_number = limits.criterion_number
),

summed as (
    select
        entries.score_key,
        entries.days_ahead,
        sum(case when entries.dimension = 'fit' then entries.points else 0 end) as fit_points,
        sum(case when entries.dimension = 'fit' then 0 else entries.points end)
            as engagement_points
    from entries
    group by entries.score_key, entries.days_ahead
),

score_gates as (
    select
        config_score_gates.*,
        scoring_criteria.criterion_number,
        scoring_criteria.model_number,
        scoring_criteria.dimension = 'fit' and due_criteria.criterion_number is null as is_lasting
    from {{ ref('config_score_gates') }} as config_score_gates
    inner join scoring_criteria
        on
            config_score_gates.scoring_model = scoring_criteria.scoring_model
            and config_score_gates.criterion_word = lower(scoring_criteria.criterion)
            and not scoring_criteria.is_limit
    left join due_criteria on scoring_criteria.criterion_number = due_criteria.criterion_number
),

-- Leads that meet the criterion of a gate, and on which days; a lasting criterion applies on all
-- days.
met_gates as (
    select
        forecast_dates.score_key,
        forecast_dates.days_ahead,
        score_gates.criterion_number
    from forecast_dates
    inner join fit_points on forecast_dates.score_key = fit_points.score_key
    inner join score_gates on fit_points.criterion_number = score_gates.criterion_number
    where score_gates.is_lasting

    union all

    select
        forecast_points.score_key,
        forecast_points.days_ahead,
        score_gates.criterion_number
    from forecast_points
    inner join score_gates on forecast_points.criterion_number = score_gates.criterion_number
    where not score_gates.is_lasting
),

closed_gates as (
    select
        met_gates.score_key,
        met_gates.days_ahead,
        score_gates.gate,
        score_gates.max_score,
        score_gates.disqualifies
    from met_gates
    inner join score_gates on met_gates.criterion_number = score_gates.criterion_number
    where score_gates.applies_when = 'met'

    union all

    select
        forecast_dates.score_key,
        forecast_dates.days_ahead,
        score_gates.gate,
        score_gates.max_score,
        score_gates.disqualifies
    from forecast_dates
    inner join forecast_leads on forecast_dates.score_key = forecast_leads.score_key
    inner join score_gates
        on
            forecast_leads.model_number = score_gates.model_number
            and score_gates.applies_when = 'not_met'
    left join met_gates
        on
            forecast_dates.score_key = met_gates.score_key
            and forecast_dates.days_ahead = met_gates.days_ahead
            and score_gates.criterion_number = met_gates.criterion_number
    where met_gates.score_key is null
),

gates as (
    select
        closed_gates.score_key,
        closed_gates.days_ahead,
        min(closed_gates.max_score) as max_score,
        {{ first_text('case when closed_gates.disqualifies then closed_gates.gate end') }}
            as disqualified_by
    from closed_gates
    group by closed_gates.score_key, closed_gates.days_ahead
),

pointed as (
    select
        forecast_leads.*,
        forecast_dates.days_ahead,
        cast(
            case
                when dated_leads.score_key is null then gated_scores.fit_points
                else coalesce(summed.fit_points, 0)
            end as decimal(38, 9)
        ) as fit_points,
        cast(coalesce(summed.engagement_points, 0) as decimal(38, 9)) as engagement_points,
        cast(gates.max_score as {{ type_double() }}) as max_score,
        gates.disqualified_by
    from forecast_dates
    inner join forecast_leads on forecast_dates.score_key = forecast_leads.score_key
    inner join gated_scores on forecast_dates.score_key = gated_scores.score_key
    left join dated_leads on forecast_dates.score_key = dated_leads.score_key
    left join summed
        on
            forecast_dates.score_key = summed.score_key
            and forecast_dates.days_ahead = summed.days_ahead
    left join gates
        on
            forecast_dates.score_key = gates.score_key
            and forecast_dates.days_ahead = gates.days_ahead
),

scaled as (
    select
        pointed.*,
        cast(scoring_models.fit_weight as {{ type_double() }})
        * (100 * {{ share_of_target('pointed.fit_points', 'scoring_models.fit_target') }})
        + cast(scoring_models.engagement_weight as {{ type_double() }})
        * (100 * {{ share_of_target(
            'pointed.engagement_points', 'scoring_models.engagement_target'
        ) }}) as unrounded_score
    from pointed
    inner join scoring_models on pointed.model_number = scoring_models.model_number
)

select
    {{ days_after('scaled.days_ahead', 'scaled.as_of') }} as as_of,
    scaled.days_ahead,
    scaled.lead_id,
    scaled.scoring_model,
    scaled.tier,
    scaled.keep_score,
    scaled.fit_points,
    scaled.engagement_points,
    {{ gated_score('scaled') }} as score,
    scaled.disqualified_by is not null as is_disqualified,
    scaled.disqualified_by
from scaled
