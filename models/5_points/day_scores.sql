-- Each lead's score by each model at the end of each as-of day.
with graded_scores as (
    select * from {{ ref('graded_scores') }}
),

score_tiers as (
    select * from {{ ref('score_tiers') }}
),

score_coverage as (
    select * from {{ ref('score_coverage') }}
),

positive_activity as (
    select * from {{ ref('positive_activity') }}
),

top_reasons as (
    select * from {{ ref('top_reasons') }}
)

select
    cast(graded_scores.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(graded_scores.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    graded_scores.as_of,
    graded_scores.fit_points,
    graded_scores.engagement_points,
    graded_scores.fit_score,
    graded_scores.engagement_score,
    graded_scores.score,
    cast(graded_scores.fit_grade as {{ dbt.type_string() }}) as fit_grade,
    cast(graded_scores.engagement_grade as {{ dbt.type_string() }}) as engagement_grade,
    cast(graded_scores.grade as {{ dbt.type_string() }}) as grade,
    cast(score_tiers.tier as {{ dbt.type_string() }}) as tier,
    cast(
        case
            when graded_scores.is_disqualified then 'disqualified'
            when graded_scores.is_customer then 'customer'
            when graded_scores.score >= graded_scores.sql_score then 'sql'
            when graded_scores.score >= graded_scores.mql_score then 'mql'
            else 'lead'
        end as {{ dbt.type_string() }}
    ) as qualification,
    graded_scores.is_disqualified,
    cast(graded_scores.disqualified_by as {{ dbt.type_string() }}) as disqualified_by,
    score_coverage.score_coverage,
    positive_activity.last_occurred_on as last_activity_on,
    cast(top_reasons.top_reasons as {{ dbt.type_string() }}) as top_reasons
from graded_scores
inner join score_tiers
    on
        graded_scores.as_of = score_tiers.as_of
        and graded_scores.lead_id = score_tiers.lead_id
        and graded_scores.scoring_model = score_tiers.scoring_model
left join score_coverage
    on
        graded_scores.as_of = score_coverage.as_of
        and graded_scores.lead_id = score_coverage.lead_id
        and graded_scores.scoring_model = score_coverage.scoring_model
left join positive_activity
    on
        graded_scores.as_of = positive_activity.as_of
        and graded_scores.lead_id = positive_activity.lead_id
left join top_reasons
    on
        graded_scores.as_of = top_reasons.as_of
        and graded_scores.lead_id = top_reasons.lead_id
        and graded_scores.scoring_model = top_reasons.scoring_model
