-- Points of each lead and scoring model, scaled to scores; the three scores are rounded after the
-- gates. A criterion that a lead meets or does not meet can cap its score or disqualify it.
with scored_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where needs_scores
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

scoring_criteria as (
    select * from {{ ref('config_scoring_criteria') }}
),

points_unioned as (
    select * from {{ ref('int_points_unioned') }}
),

score_gates as (
    select
        config_score_gates.*,
        scoring_criteria.criterion_number,
        scoring_criteria.model_number
    from {{ ref('config_score_gates') }} as config_score_gates
    inner join scoring_criteria
        on
            config_score_gates.scoring_model = scoring_criteria.scoring_model
            and config_score_gates.criterion_word = lower(scoring_criteria.criterion)
            and not scoring_criteria.is_limit
),

summed as (
    select
        points_unioned.score_key,
        sum(case when scoring_criteria.dimension = 'fit' then points_unioned.points end)
            as fit_points,
        sum(case when scoring_criteria.dimension = 'engagement' then points_unioned.points end)
            as engagement_points
    from points_unioned
    inner join scored_leads on points_unioned.score_key = scored_leads.score_key
    inner join scoring_criteria
        on points_unioned.criterion_number = scoring_criteria.criterion_number
    group by points_unioned.score_key
),

closed_gates as (
    select
        points_unioned.score_key,
        score_gates.gate,
        score_gates.max_score,
        score_gates.disqualifies
    from points_unioned
    inner join score_gates on points_unioned.criterion_number = score_gates.criterion_number
    where points_unioned.is_met and score_gates.applies_when = 'met'

    union all

    select
        scored_leads.score_key,
        score_gates.gate,
        score_gates.max_score,
        score_gates.disqualifies
    from scored_leads
    inner join score_gates
        on
            scored_leads.model_number = score_gates.model_number
            and score_gates.applies_when = 'not_met'
    left join points_unioned
        on
            scored_leads.score_key = points_unioned.score_key
            and score_gates.criterion_number = points_unioned.criterion_number
    where points_unioned.score_key is null
),

gates as (
    select
        closed_gates.score_key,
        min(closed_gates.max_score) as max_score,
        {{ first_text('case when closed_gates.disqualifies then closed_gates.gate end') }}
            as disqualified_by
    from closed_gates
    group by closed_gates.score_key
),

scaled as (
    select
        scored_leads.score_key,
        scored_leads.as_of,
        scored_leads.lead_number,
        scored_leads.model_number,
        scored_leads.is_customer,
        gates.disqualified_by,
        cast(coalesce(summed.fit_points, 0) as decimal(38, 9)) as fit_points,
        cast(coalesce(summed.engagement_points, 0) as decimal(38, 9)) as engagement_points,
        100 * {{ share_of_target('summed.fit_points', 'scoring_models.fit_target') }}
            as unrounded_fit_score,
        100 * {{ share_of_target('summed.engagement_points', 'scoring_models.engagement_target') }}
            as unrounded_engagement_score,
        cast(scoring_models.fit_weight as {{ type_double() }}) as fit_weight,
        cast(scoring_models.engagement_weight as {{ type_double() }}) as engagement_weight,
        cast(gates.max_score as {{ type_double() }}) as max_score
    from scored_leads
    inner join scoring_models on scored_leads.model_number = scoring_models.model_number
    left join summed on scored_leads.score_key = summed.score_key
    left join gates on scored_leads.score_key = gates.score_key
),

weighted as (
    select
        scaled.*,
        scaled.fit_weight * scaled.unrounded_fit_score
        + scaled.engagement_weight * scaled.unrounded_engagement_score as unrounded_score
    from scaled
)

select
    weighted.score_key,
    weighted.as_of,
    weighted.lead_number,
    weighted.model_number,
    weighted.is_customer,
    weighted.fit_points,
    weighted.engagement_points,
    {{ rounded_score('weighted.unrounded_fit_score') }} as fit_score,
    {{ rounded_score('weighted.unrounded_engagement_score') }} as engagement_score,
    {{ gated_score('weighted') }} as score,
    weighted.disqualified_by is not null as is_disqualified,
    weighted.disqualified_by
from weighted
