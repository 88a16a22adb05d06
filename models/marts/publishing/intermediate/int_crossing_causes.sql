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

earlier_scores as (
    select * from {{ ref('int_earlier_scores') }}
),

engagement_criteria as (
    select * from {{ ref('config_engagement_criteria') }}
),

published_criteria as (
    select * from {{ ref('int_published_criteria') }}
    where criterion = ''
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
    select * from {{ ref('int_edited_models') }}
),

rescored as (
    select * from {{ ref('int_scores_by_edited_rules') }}
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

judged as (
    select
        crossings.lead_id,
        crossings.scoring_model,
        crossings.crossing,
        models_before.scoring_model is null as is_first_publication,
        (
            edited_models.scoring_model is not null
            and not coalesce(rescored.is_held_by_gate, false)
        ) as may_be_by_rules,
        (
            rescored.disqualified_by is null
            and coalesce(rescored.score >= crossings.needed_score, rescored.score is not null)
            and coalesce(
                {{ dbt.position('rescored.fit_mark', 'crossings.needed_fit_grades') }} > 0,
                crossings.needed_fit_grades is null
            )
            and coalesce(
                {{ dbt.position('rescored.engagement_mark', 'crossings.needed_engagement_grades') }}
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
    left join rescored
        on
            crossings.lead_id = rescored.lead_id
            and crossings.scoring_model = rescored.scoring_model
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
