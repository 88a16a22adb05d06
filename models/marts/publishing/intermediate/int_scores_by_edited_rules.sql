{{ config(materialized='ephemeral') }}

-- Scores that the published points of the last published day have by today's targets, weights,
-- gates and grade bands, for scoring models of which any of these, or a tier, has been edited
-- since.
with compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

earlier_scores as (
    select * from {{ ref('int_earlier_scores') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

grade_bands as (
    select * from {{ ref('config_grade_bands') }}
),

edited_models as (
    select * from {{ ref('int_edited_models') }}
),

met_criteria as (
    select published_points.*
    from {{ ref('int_published_points') }} as published_points
    inner join compared_days on published_points.as_of = compared_days.from_day
    where published_points.is_met
),

-- Gates of today that apply to what was published of each lead.
gates as (
    select
        earlier_scores.lead_id,
        earlier_scores.scoring_model,
        min(score_gates.max_score) as max_score,
        {{ first_text('case when score_gates.disqualifies then score_gates.gate end') }}
            as disqualified_by
    from earlier_scores
    inner join edited_models on earlier_scores.scoring_model = edited_models.scoring_model
    inner join score_gates on earlier_scores.scoring_model = score_gates.scoring_model
    left join met_criteria
        on
            earlier_scores.lead_id = met_criteria.lead_id
            and score_gates.scoring_model = met_criteria.scoring_model
            and score_gates.criterion_word = lower(met_criteria.criterion)
    where (met_criteria.lead_id is not null) = (score_gates.applies_when = 'met')
    group by earlier_scores.lead_id, earlier_scores.scoring_model
),

-- Points of the last published day by the targets, weights and gates of today.
rescored as (
    select
        earlier_scores.lead_id,
        earlier_scores.scoring_model,
        100 * {{ share_of_target('earlier_scores.fit_points', 'scoring_models.fit_target') }}
            as unrounded_fit_score,
        100 * {{ share_of_target(
            'earlier_scores.engagement_points', 'scoring_models.engagement_target'
        ) }} as unrounded_engagement_score,
        cast(scoring_models.fit_weight as {{ type_double() }}) as fit_weight,
        cast(scoring_models.engagement_weight as {{ type_double() }}) as engagement_weight,
        cast(gates.max_score as {{ type_double() }}) as max_score,
        gates.disqualified_by
    from earlier_scores
    inner join scoring_models on earlier_scores.scoring_model = scoring_models.scoring_model
    inner join edited_models on earlier_scores.scoring_model = edited_models.scoring_model
    left join gates
        on
            earlier_scores.lead_id = gates.lead_id
            and earlier_scores.scoring_model = gates.scoring_model
    where earlier_scores.score is not null
),

weighted as (
    select
        rescored.*,
        rescored.fit_weight * rescored.unrounded_fit_score
        + rescored.engagement_weight * rescored.unrounded_engagement_score as unrounded_score
    from rescored
),

graded as (
    select
        weighted.lead_id,
        weighted.scoring_model,
        weighted.disqualified_by,
        weighted.max_score is not null or weighted.disqualified_by is not null as is_held_by_gate,
        {{ gated_score('weighted') }} as score,
        concat(';', lower(fit_bands.grade), ';') as fit_mark,
        concat(';', lower(engagement_bands.grade), ';') as engagement_mark,
        row_number() over (
            partition by weighted.lead_id, weighted.scoring_model
            order by
                coalesce(fit_bands.min_score, -1) desc,
                coalesce(engagement_bands.min_score, -1) desc
        ) as band_rank
    from weighted
    left join grade_bands as fit_bands
        on
            weighted.scoring_model = fit_bands.scoring_model
            and fit_bands.dimension = 'fit'
            and fit_bands.min_score <= {{ rounded_score('weighted.unrounded_fit_score') }}
    left join grade_bands as engagement_bands
        on
            weighted.scoring_model = engagement_bands.scoring_model
            and engagement_bands.dimension = 'engagement'
            and engagement_bands.min_score
            <= {{ rounded_score('weighted.unrounded_engagement_score') }}
)

select
    graded.lead_id,
    graded.scoring_model,
    graded.score,
    graded.disqualified_by,
    graded.is_held_by_gate,
    graded.fit_mark,
    graded.engagement_mark
from graded
where graded.band_rank = 1
