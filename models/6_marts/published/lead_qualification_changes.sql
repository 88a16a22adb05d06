{{ config(materialized='view') }}

-- Each change of a published qualification: when a lead became or ceased to be an MQL or SQL.
with published_qualifications as (
    select
        published_scores.lead_id,
        published_scores.scoring_model,
        published_scores.score_date as changed_on,
        published_scores.qualification,
        lag(published_scores.qualification) over (
            partition by published_scores.lead_id, published_scores.scoring_model
            order by published_scores.score_date
        ) as previous_qualification
    from {{ ref('published_scores') }} as published_scores
)

select * from published_qualifications
where qualification is distinct from previous_qualification
