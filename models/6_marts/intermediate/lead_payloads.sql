{{ config(materialized='view') }}

-- What a CRM should show of each lead as of this run. One scoring model's score is the lead's; of a
-- lead that none scores all is null.
with leads as (
    select leads.lead_id
    from {{ ref('leads') }} as leads
    inner join {{ ref('as_of_days') }} as as_of_days on leads.as_of = as_of_days.as_of
    where as_of_days.is_run_day
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

lead_tiers as (
    select * from {{ ref('lead_tiers') }}
),

top_reasons as (
    select top_reasons.*
    from {{ ref('top_reasons') }} as top_reasons
    inner join {{ ref('as_of_days') }} as as_of_days on top_reasons.as_of = as_of_days.as_of
    where as_of_days.is_run_day
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

ranked_scores as (
    select
        lead_scores.*,
        row_number() over (
            partition by lead_scores.lead_id
            order by
                {{ crm_sync_rank('lead_scores.scoring_model') }},
                {{ byte_order('lead_scores.scoring_model') }}
        ) as model_rank
    from lead_scores
),

explained_scores as (
    select
        ranked_scores.*,
        case
            when ranked_scores.is_disqualified
                then concat(
                    'Disqualified: ',
                    coalesce(score_gates.description, ranked_scores.disqualified_by)
                )
            -- Points and days change daily: what is else the same must not be sent again.
            else top_reasons.top_descriptions
        end as reasons
    from ranked_scores
    left join top_reasons
        on
            ranked_scores.lead_id = top_reasons.lead_id
            and ranked_scores.scoring_model = top_reasons.scoring_model
    left join score_gates
        on
            ranked_scores.scoring_model = score_gates.scoring_model
            and ranked_scores.disqualified_by = score_gates.gate
    where ranked_scores.model_rank = 1
)

select
    leads.lead_id,
    explained_scores.scoring_model,
    explained_scores.score,
    explained_scores.grade,
    lead_tiers.tier,
    explained_scores.qualification,
    {{ fitting_reasons('explained_scores.reasons') }} as reason
from leads
left join explained_scores on leads.lead_id = explained_scores.lead_id
left join lead_tiers
    on
        explained_scores.lead_id = lead_tiers.lead_id
        and explained_scores.scoring_model = lead_tiers.scoring_model
