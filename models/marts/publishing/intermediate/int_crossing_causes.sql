{{ config(materialized='ephemeral') }}

-- What made each lead cross: the cause that gave most points since the last published day. If none
-- gave any: edited rules of the scoring model, unless a gate of today held the lead before; else
-- negative points that have decayed, else a gate that no longer applies because of an attribute.
with crossings as (
    select * from {{ ref('int_crossings') }}
),

compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

score_changes as (
    select score_changes.*
    from {{ ref('lead_score_changes') }} as score_changes
    inner join compared_days on score_changes.to_date = compared_days.to_day
),

ranked_scores as (
    select
        history.*,
        row_number() over (
            partition by history.lead_id, history.scoring_model
            order by history.score_date desc
        ) as day_rank
    from {{ ref('lead_score_history') }} as history
    where history.score_date < {{ as_of() }}
),

earlier_scores as (
    select * from ranked_scores
    where day_rank = 1
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

grade_bands as (
    select * from {{ ref('config_grade_bands') }}
),

published_criteria as (
    select * from {{ ref('int_published_criteria') }}
    where criterion = ''
),

met_criteria as (
    select published_points.*
    from {{ ref('int_published_points') }} as published_points
    inner join compared_days on published_points.as_of = compared_days.from_day
    where published_points.is_met
),

models_before as (
    select earlier_scores.scoring_model
    from earlier_scores

    union distinct

    select published_criteria.scoring_model
    from published_criteria
    inner join compared_days on published_criteria.as_of = compared_days.from_day
),

edited_models as (
    select todays_rules.scoring_model
    from compared_days
    inner join published_criteria as todays_rules on compared_days.to_day = todays_rules.as_of
    inner join published_criteria as earlier_rules
        on
            compared_days.from_day = earlier_rules.as_of
            and todays_rules.scoring_model = earlier_rules.scoring_model
    where todays_rules.definition_key <> earlier_rules.definition_key
),

contributions as (
    select
        score_changes.lead_id,
        score_changes.scoring_model,
        {%- for cause in ['new_activity', 'attribute', 'merge', 'rules'] %}
        sum(
            case
                when score_changes.cause = '{{ cause }}' then score_changes.points_change
                else 0
            end
        ) as {{ cause }}_points,
        {%- endfor %}
        sum(
            case
                when score_changes.cause = 'decay' and engagement_criteria.criterion is not null
                    then score_changes.points_change
                else 0
            end
        ) as faded_points
    from score_changes
    left join engagement_criteria
        on
            score_changes.scoring_model = engagement_criteria.scoring_model
            and score_changes.criterion = engagement_criteria.criterion
    group by score_changes.lead_id, score_changes.scoring_model
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
),

judged as (
    select
        crossings.lead_id,
        crossings.scoring_model,
        crossings.crossing,
        models_before.scoring_model is null as is_first_publication,
        (
            edited_models.scoring_model is not null
            and not coalesce(graded.is_held_by_gate, false)
        ) as may_be_by_rules,
        (
            graded.disqualified_by is null
            and coalesce(graded.score >= crossings.needed_score, graded.score is not null)
            and coalesce(
                {{ dbt.position('graded.fit_mark', 'crossings.needed_fit_grades') }} > 0,
                crossings.needed_fit_grades is null
            )
            and coalesce(
                {{ dbt.position('graded.engagement_mark', 'crossings.needed_engagement_grades') }}
                > 0,
                crossings.needed_engagement_grades is null
            )
        ) as is_reached_by_rules,
        coalesce(contributions.new_activity_points, 0) as activity_points,
        coalesce(contributions.attribute_points, 0) as attribute_points,
        coalesce(contributions.merge_points, 0) as merge_points,
        coalesce(contributions.faded_points, 0) as faded_points,
        greatest(
            coalesce(contributions.new_activity_points, 0),
            coalesce(contributions.attribute_points, 0),
            coalesce(contributions.merge_points, 0),
            coalesce(contributions.rules_points, 0)
        ) as most_points
    from crossings
    left join models_before on crossings.scoring_model = models_before.scoring_model
    left join edited_models on crossings.scoring_model = edited_models.scoring_model
    left join graded
        on
            crossings.lead_id = graded.lead_id
            and crossings.scoring_model = graded.scoring_model
            and graded.band_rank = 1
    left join contributions
        on
            crossings.lead_id = contributions.lead_id
            and crossings.scoring_model = contributions.scoring_model
)

select
    judged.lead_id,
    judged.scoring_model,
    judged.crossing,
    judged.is_first_publication,
    case
        when judged.is_first_publication then null
        when judged.is_reached_by_rules then 'rules'
        when judged.most_points <= 0 and judged.may_be_by_rules then 'rules'
        when judged.most_points <= 0 and judged.faded_points > 0 then 'activity'
        when judged.most_points <= 0 then 'attribute'
        when judged.activity_points = judged.most_points then 'activity'
        when judged.attribute_points = judged.most_points then 'attribute'
        when judged.merge_points = judged.most_points then 'merge'
        else 'rules'
    end as cause
from judged
