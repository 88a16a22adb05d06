-- Leads with a published tier that they could lose as the score falls.
with scenario_leads as (
    select scenario_leads.*
    from {{ ref('int_scenario_leads') }} as scenario_leads
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on scenario_leads.as_of = scoring_dates.as_of
    where
        scenario_leads.step = 'day'
        and scoring_dates.is_run_day
),

lead_tiers as (
    select * from {{ ref('lead_tiers') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

last_tiers as (
    select
        tiers.scoring_model,
        max(tiers.tier_rank) as tier_rank
    from tiers
    group by tiers.scoring_model
)

select
    scenario_leads.score_key,
    scenario_leads.as_of,
    scenario_leads.lead_number,
    scenario_leads.lead_key,
    scenario_leads.model_number,
    scenario_leads.lead_id,
    scenario_leads.scoring_model,
    scenario_leads.created_on,
    lead_tiers.tier,
    coalesce(tiers.keep_score, tiers.min_score) as keep_score
from scenario_leads
inner join lead_tiers
    on
        scenario_leads.lead_id = lead_tiers.lead_id
        and scenario_leads.scoring_model = lead_tiers.scoring_model
inner join tiers
    on
        lead_tiers.scoring_model = tiers.scoring_model
        and lead_tiers.tier = tiers.tier
inner join last_tiers
    on
        tiers.scoring_model = last_tiers.scoring_model
        and tiers.tier_rank < last_tiers.tier_rank
where coalesce(tiers.keep_score, tiers.min_score) is not null
