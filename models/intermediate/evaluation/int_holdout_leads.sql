{{ config(
    pre_hook="{{ delete_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- Leads of the last evaluation, as they were known on each observation day: their scores and what
-- happened within the horizon.
with observations as (
    select * from {{ ref('int_observations') }}
),

scores as (
    select * from {{ ref('int_scores') }}
),

lead_profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

deals as (
    select * from {{ ref('int_deals_of_leads') }}
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

stages as (
    select * from {{ ref('int_observed_stages') }}
),

drawn as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        row_number() over (
            partition by observations.scoring_model
            order by
                {{ hash_key([
                    'observations.scoring_model', 'observations.as_of', 'observations.lead_id',
                ]) }},
                observations.as_of,
                {{ byte_order('observations.lead_id') }}
        ) as draw_number
    from observations
    where not observations.is_censored
),

-- Comparisons of leads with each other use a sample.
sampled as (
    select drawn.*
    from drawn
    where drawn.draw_number <= 50000
),

scored as (
    select
        observations.*,
        scores.score,
        scores.tier,
        scores.qualification
    from observations
    inner join scores
        on
            observations.scoring_model = scores.scoring_model
            and observations.as_of = scores.as_of
            and observations.lead_id = scores.lead_id
),

judged_deals as (
    select
        scored.scoring_model,
        scored.as_of,
        scored.lead_id,
        deals.deal_id,
        deals.amount,
        deals.closed_on,
        deals.is_won = outcomes.is_won as is_conversion,
        -- A deal may belong to several leads of a company; its amount counts for the one with the
        -- best score.
        row_number() over (
            partition by scored.scoring_model, deals.deal_id
            order by
                scored.score desc,
                scored.as_of desc,
                {{ byte_order('scored.lead_id') }} asc
        ) as lead_rank
    from scored
    inner join outcomes on scored.scoring_model = outcomes.scoring_model
    inner join deals
        on
            scored.as_of = deals.as_of
            and scored.lead_id = deals.lead_id
            and (outcomes.deal_type is null or outcomes.deal_type = deals.deal_type)
    where
        not scored.is_censored
        and deals.closed_on > scored.as_of
        and {{ days_between('scored.as_of', 'deals.closed_on') }}
        <= {{ days_of_var('conversion_horizon_days') }}
),

summed_deals as (
    select
        judged_deals.scoring_model,
        judged_deals.as_of,
        judged_deals.lead_id,
        sum(
            case
                when judged_deals.is_conversion and judged_deals.lead_rank = 1
                    then judged_deals.amount
            end
        ) as revenue,
        min(case when not judged_deals.is_conversion then judged_deals.closed_on end)
            as lost_on
    from judged_deals
    group by judged_deals.scoring_model, judged_deals.as_of, judged_deals.lead_id
)

select
    scored.evaluated_on,
    scored.scoring_model,
    scored.as_of,
    scored.lead_id,
    scored.score,
    scored.tier,
    scored.qualification,
    scored.is_censored,
    scored.is_later,
    scored.is_converted,
    scored.converted_on,
    scored.days_to_conversion,
    stages.mql_on,
    stages.sql_on,
    stages.opportunity_on,
    lead_profiles.country,
    lead_profiles.industry,
    lead_profiles.employee_count,
    lead_profiles.lead_source,
    -- The last band includes 100.
    cast(least(10 * floor(scored.score / 10), 90) as integer) as score_band,
    cast(coalesce(summed_deals.revenue, 0) as decimal(28, 9)) as revenue,
    sampled.lead_id is not null as is_sampled,
    case when not scored.is_converted then summed_deals.lost_on end as lost_on
from scored
inner join lead_profiles
    on
        scored.as_of = lead_profiles.as_of
        and scored.lead_id = lead_profiles.lead_id
left join summed_deals
    on
        scored.scoring_model = summed_deals.scoring_model
        and scored.as_of = summed_deals.as_of
        and scored.lead_id = summed_deals.lead_id
left join stages
    on
        scored.scoring_model = stages.scoring_model
        and scored.as_of = stages.as_of
        and scored.lead_id = stages.lead_id
left join sampled
    on
        scored.scoring_model = sampled.scoring_model
        and scored.as_of = sampled.as_of
        and scored.lead_id = sampled.lead_id
