-- The tier of each as-of day: the first by rank whose every filled condition holds.
with graded_scores as (
    select * from {{ ref('graded_scores') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

grade_lists as (
    select
        tiers.scoring_model,
        tiers.tier,
        'fit' as dimension,
        {{ trim_text('list_words.word') }} as grade_word
    from tiers
    {{ cross_join_words('tiers.fit_grades') }}
    where tiers.fit_grades is not null

    union all

    select
        tiers.scoring_model,
        tiers.tier,
        'engagement' as dimension,
        {{ trim_text('list_words.word') }} as grade_word
    from tiers
    {{ cross_join_words('tiers.engagement_grades') }}
    where tiers.engagement_grades is not null
),

open_tiers as (
    select
        graded_scores.as_of,
        graded_scores.lead_id,
        graded_scores.scoring_model,
        tiers.tier,
        row_number() over (
            partition by
                graded_scores.as_of, graded_scores.lead_id, graded_scores.scoring_model
            order by tiers.tier_rank
        ) as open_rank
    from graded_scores
    inner join tiers
        on
            graded_scores.scoring_model = tiers.scoring_model
            and (tiers.min_score is null or graded_scores.score >= tiers.min_score)
    left join grade_lists as fit_grades
        on
            tiers.scoring_model = fit_grades.scoring_model
            and tiers.tier = fit_grades.tier
            and fit_grades.dimension = 'fit'
            and lower(graded_scores.fit_grade) = fit_grades.grade_word
    left join grade_lists as engagement_grades
        on
            tiers.scoring_model = engagement_grades.scoring_model
            and tiers.tier = engagement_grades.tier
            and engagement_grades.dimension = 'engagement'
            and lower(graded_scores.engagement_grade) = engagement_grades.grade_word
    where
        (tiers.fit_grades is null or fit_grades.grade_word is not null)
        and (tiers.engagement_grades is null or engagement_grades.grade_word is not null)
)

select
    graded_scores.as_of,
    graded_scores.lead_id,
    graded_scores.scoring_model,
    case
        when graded_scores.is_disqualified then 'disqualified'
        else open_tiers.tier
    end as tier
from graded_scores
left join open_tiers
    on
        graded_scores.as_of = open_tiers.as_of
        and graded_scores.lead_id = open_tiers.lead_id
        and graded_scores.scoring_model = open_tiers.scoring_model
        and open_tiers.open_rank = 1
