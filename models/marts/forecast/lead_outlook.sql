-- Tier forecast: the first of the next 31 days on which the score of a lead no longer keeps its
-- published tier if nothing more happens.
with forecast_scores as (
    select
        forecast_scores.*,
        forecast_scores.score < forecast_scores.keep_score or forecast_scores.is_disqualified
            as is_lost
    from {{ ref('int_forecast_scores') }} as forecast_scores
)

select
    cast(forecast_scores.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(forecast_scores.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(min(forecast_scores.tier) as {{ dbt.type_string() }}) as tier,
    cast(min(forecast_scores.keep_score) as decimal(5, 1)) as keep_score,
    min(case when forecast_scores.is_lost then forecast_scores.as_of end) as lost_on,
    cast(min(case when forecast_scores.is_lost then forecast_scores.days_ahead end) as bigint)
        as days_left,
    min(case when forecast_scores.days_ahead = 7 then forecast_scores.score end)
        as score_in_7_days,
    min(case when forecast_scores.days_ahead = 30 then forecast_scores.score end)
        as score_in_30_days
from forecast_scores
group by forecast_scores.lead_id, forecast_scores.scoring_model
