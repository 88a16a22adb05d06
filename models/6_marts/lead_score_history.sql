{{ config(materialized='view') }}

-- What runs published of each lead's scores: a row for each day on which anything changed. The
-- scores of any day are those of the last row up to then.
with published_scores as (
    select * from {{ ref('published_scores') }}
)

select
    cast(published_scores.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(published_scores.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    published_scores.score_date,
    published_scores.fit_points,
    published_scores.engagement_points,
    published_scores.fit_score,
    published_scores.engagement_score,
    published_scores.score,
    cast(published_scores.fit_grade as {{ dbt.type_string() }}) as fit_grade,
    cast(published_scores.engagement_grade as {{ dbt.type_string() }}) as engagement_grade,
    cast(published_scores.grade as {{ dbt.type_string() }}) as grade,
    cast(published_scores.tier as {{ dbt.type_string() }}) as tier,
    cast(published_scores.qualification as {{ dbt.type_string() }}) as qualification
from published_scores
