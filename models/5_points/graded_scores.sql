-- The grades: of each dimension the band with the highest min_score that the score reaches.
with gated_scores as (
    select * from {{ ref('gated_scores') }}
),

grade_bands as (
    select * from {{ ref('config_grade_bands') }}
),

reached_bands as (
    select
        gated_scores.as_of,
        gated_scores.lead_id,
        gated_scores.scoring_model,
        grade_bands.dimension,
        grade_bands.grade,
        row_number() over (
            partition by
                gated_scores.as_of,
                gated_scores.lead_id,
                gated_scores.scoring_model,
                grade_bands.dimension
            order by grade_bands.min_score desc
        ) as band_rank
    from gated_scores
    inner join grade_bands
        on
            gated_scores.scoring_model = grade_bands.scoring_model
            and case grade_bands.dimension
                when 'fit' then gated_scores.fit_score
                else gated_scores.engagement_score
            end >= grade_bands.min_score
),

grades as (
    select
        reached_bands.as_of,
        reached_bands.lead_id,
        reached_bands.scoring_model,
        max(case when reached_bands.dimension = 'fit' then reached_bands.grade end) as fit_grade,
        max(case when reached_bands.dimension = 'engagement' then reached_bands.grade end)
            as engagement_grade
    from reached_bands
    where reached_bands.band_rank = 1
    group by reached_bands.as_of, reached_bands.lead_id, reached_bands.scoring_model
)

select
    gated_scores.as_of,
    gated_scores.lead_id,
    gated_scores.scoring_model,
    gated_scores.is_customer,
    gated_scores.mql_score,
    gated_scores.sql_score,
    gated_scores.fit_points,
    gated_scores.engagement_points,
    gated_scores.fit_score,
    gated_scores.engagement_score,
    gated_scores.score,
    gated_scores.is_disqualified,
    gated_scores.disqualified_by,
    grades.fit_grade,
    grades.engagement_grade,
    nullif(concat(coalesce(grades.fit_grade, ''), coalesce(grades.engagement_grade, '')), '')
        as grade
from gated_scores
left join grades
    on
        gated_scores.as_of = grades.as_of
        and gated_scores.lead_id = grades.lead_id
        and gated_scores.scoring_model = grades.scoring_model
