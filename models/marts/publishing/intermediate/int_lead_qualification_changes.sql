{{ config(materialized='ephemeral') }}

-- Changes of the published qualification: when a lead became or ceased to be an MQL or SQL.
with published_qualifications as (
    select
        history.lead_id,
        history.scoring_model,
        history.score_date as changed_on,
        history.qualification,
        lag(history.qualification) over (
            partition by history.lead_id, history.scoring_model
            order by history.score_date
        ) as previous_qualification
    from {{ ref('lead_score_history') }} as history
)

select * from published_qualifications
where qualification is distinct from previous_qualification
