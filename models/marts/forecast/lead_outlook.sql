-- Tier forecast: the first of the next 31 days on which the score of a lead no longer keeps its
-- published tier if nothing more happens.
with outlook_scores as (
    select
        outlook_scores.*,
        outlook_scores.score < outlook_scores.keep_score or outlook_scores.is_disqualified
            as is_lost
    from {{ ref('int_forecast_scores') }} as outlook_scores
)

select
    cast(outlook_scores.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(outlook_scores.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(min(outlook_scores.tier) as {{ dbt.type_string() }}) as tier,
    cast(min(outlook_scores.keep_score) as decimal(5, 1)) as keep_score,
    min(case when outlook_scores.is_lost then outlook_scores.as_of end) as lost_on,
    cast(min(case when outlook_scores.is_lost then outlook_scores.days_ahead end) as bigint)
        as days_left,
    min(case when outlook_scores.days_ahead = 7 then outlook_scores.score end)
        as score_in_7_days,
    min(case when outlook_scores.days_ahead = 30 then outlook_scores.score end)
        as score_in_30_days
from outlook_scores
group by outlook_scores.lead_id, outlook_scores.scoring_model
