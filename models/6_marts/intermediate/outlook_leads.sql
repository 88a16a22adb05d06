-- The leads in a tier that a falling score may take from them, on each of the 31 days to come.
with as_of_days as (
    select * from {{ ref('as_of_days') }}
    where is_run_day
),

scored_leads as (
    select * from {{ ref('scored_leads') }}
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
),

bits as (
    select 0 as bit
    union all
    select 1 as bit
),

numbers as (
    select
        bits.bit
        + 2 * twos.bit
        + 4 * fours.bit
        + 8 * eights.bit
        + 16 * sixteens.bit as days_ahead
    from bits
    cross join bits as twos
    cross join bits as fours
    cross join bits as eights
    cross join bits as sixteens
)

select
    cast({{ dbt.dateadd('day', 'numbers.days_ahead', 'as_of_days.as_of') }} as date) as as_of,
    numbers.days_ahead,
    scored_leads.lead_id,
    scored_leads.scoring_model,
    scored_leads.created_on,
    scored_leads.is_customer,
    lead_tiers.tier,
    coalesce(tiers.keep_score, tiers.min_score) as keep_score
from scored_leads
inner join as_of_days on scored_leads.as_of = as_of_days.as_of
inner join lead_tiers
    on
        scored_leads.lead_id = lead_tiers.lead_id
        and scored_leads.scoring_model = lead_tiers.scoring_model
inner join tiers
    on
        lead_tiers.scoring_model = tiers.scoring_model
        and lead_tiers.tier = tiers.tier
inner join last_tiers
    on
        tiers.scoring_model = last_tiers.scoring_model
        and tiers.tier_rank < last_tiers.tier_rank
cross join numbers
where
    numbers.days_ahead > 0
    and coalesce(tiers.keep_score, tiers.min_score) is not null
