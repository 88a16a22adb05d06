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

ones as (
    select 0 as digit
    union all
    select 1 as digit
),

numbers as (
    select
        ones.digit
        + 2 * twos.digit
        + 4 * fours.digit
        + 8 * eights.digit
        + 16 * sixteens.digit as days_ahead
    from ones
    cross join ones as twos
    cross join ones as fours
    cross join ones as eights
    cross join ones as sixteens
)

select
    {{ days_after('numbers.days_ahead', 'as_of_days.as_of') }} as as_of,
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
