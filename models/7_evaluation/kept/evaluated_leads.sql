{{ config(
    pre_hook=["{{ forget_last_evaluation(this) }}", "{{ forget_erased_leads(this, 'as_of') }}"],
    **kept_until_next_evaluation()
) }}

-- The leads that the last evaluation looked at, as they were known on each day: their scores then,
-- and what became of them within the horizon.
with observations as (
    select * from {{ ref('observations') }}
),

day_scores as (
    select * from {{ ref('day_scores') }}
),

lead_profiles as (
    select * from {{ ref('lead_profiles') }}
),

observed_deals as (
    select * from {{ ref('observed_deals') }}
),

contacts as (
    select * from {{ ref('contacts_as_of') }}
),

contact_versions as (
    select * from {{ ref('kept_contact_versions') }}
),

scored as (
    select
        observations.*,
        day_scores.score,
        day_scores.tier,
        day_scores.qualification,
        day_scores.conversion_probability
    from observations
    inner join day_scores
        on
            observations.scoring_model = day_scores.scoring_model
            and observations.as_of = day_scores.as_of
            and observations.lead_id = day_scores.lead_id
),

-- A deal of a company is that of several leads: its amount counts for the best of them.
won_amounts as (
    select
        observed_deals.scoring_model,
        observed_deals.as_of,
        observed_deals.lead_id,
        observed_deals.amount,
        row_number() over (
            partition by observed_deals.scoring_model, observed_deals.deal_id
            order by
                scored.score desc,
                observed_deals.as_of desc,
                {{ byte_order('observed_deals.lead_id') }} asc
        ) as lead_rank
    from observed_deals
    inner join scored
        on
            observed_deals.scoring_model = scored.scoring_model
            and observed_deals.as_of = scored.as_of
            and observed_deals.lead_id = scored.lead_id
    where observed_deals.is_outcome
),

amounts as (
    select
        won_amounts.scoring_model,
        won_amounts.as_of,
        won_amounts.lead_id,
        sum(won_amounts.amount) as amount
    from won_amounts
    where won_amounts.lead_rank = 1
    group by won_amounts.scoring_model, won_amounts.as_of, won_amounts.lead_id
),

deal_days as (
    select
        observed_deals.scoring_model,
        observed_deals.as_of,
        observed_deals.lead_id,
        min(case when observed_deals.is_opposite then observed_deals.closed_on end) as lost_on,
        min(observed_deals.opened_on) as opportunity_on
    from observed_deals
    group by observed_deals.scoring_model, observed_deals.as_of, observed_deals.lead_id
),

-- What the CRM says, and what the score says on the days that the run knows.
stage_signs as (
    select
        scored.scoring_model,
        scored.as_of,
        scored.lead_id,
        lower(contacts.lifecycle_stage) as stage,
        scored.as_of as reached_on
    from scored
    inner join contacts
        on
            scored.as_of = contacts.as_of
            and scored.lead_id = contacts.contact_id

    union all

    select
        scored.scoring_model,
        scored.as_of,
        scored.lead_id,
        lower(contact_versions.lifecycle_stage) as stage,
        {{ local_date('contact_versions.updated_at') }} as reached_on
    from scored
    inner join contact_versions on scored.lead_id = contact_versions.contact_id
    where
        scored.as_of < {{ local_date('contact_versions.updated_at') }}
        and {{ days_between('scored.as_of', local_date('contact_versions.updated_at')) }}
        <= {{ evaluation_days('conversion_horizon_days') }}

    union all

    select
        scored.scoring_model,
        scored.as_of,
        scored.lead_id,
        day_scores.qualification as stage,
        day_scores.as_of as reached_on
    from scored
    inner join day_scores
        on
            scored.scoring_model = day_scores.scoring_model
            and scored.lead_id = day_scores.lead_id
            and scored.as_of <= day_scores.as_of
    where
        day_scores.qualification in ('mql', 'sql')
        and {{ days_between('scored.as_of', 'day_scores.as_of') }}
        <= {{ evaluation_days('conversion_horizon_days') }}
),

stage_days as (
    select
        stage_signs.scoring_model,
        stage_signs.as_of,
        stage_signs.lead_id,
        min(
            case
                when stage_signs.stage in ('mql', 'sql', 'opportunity', 'customer')
                    then stage_signs.reached_on
            end
        ) as mql_on,
        min(
            case
                when stage_signs.stage in ('sql', 'opportunity', 'customer')
                    then stage_signs.reached_on
            end
        ) as sql_on,
        min(
            case
                when stage_signs.stage in ('opportunity', 'customer') then stage_signs.reached_on
            end
        ) as opportunity_on
    from stage_signs
    group by stage_signs.scoring_model, stage_signs.as_of, stage_signs.lead_id
)

select
    {{ as_of() }} as evaluated_on,
    scored.scoring_model,
    scored.as_of,
    scored.lead_id,
    scored.score,
    -- The last band holds 100, too.
    cast(least(10 * floor(scored.score / 10), 90) as integer) as score_band,
    scored.tier,
    scored.qualification,
    scored.conversion_probability,
    scored.is_converted,
    scored.converted_on,
    scored.days_to_conversion,
    scored.is_censored,
    scored.is_later,
    case when not scored.is_converted then deal_days.lost_on end as lost_on,
    stage_days.mql_on,
    stage_days.sql_on,
    stage_days.opportunity_on as opportunity_stage_on,
    deal_days.opportunity_on as deal_opened_on,
    cast(coalesce(amounts.amount, 0) as decimal(28, 9)) as revenue,
    lead_profiles.country,
    lead_profiles.industry,
    lead_profiles.employee_count,
    lead_profiles.lead_source
from scored
inner join lead_profiles
    on
        scored.as_of = lead_profiles.as_of
        and scored.lead_id = lead_profiles.lead_id
left join amounts
    on
        scored.scoring_model = amounts.scoring_model
        and scored.as_of = amounts.as_of
        and scored.lead_id = amounts.lead_id
left join deal_days
    on
        scored.scoring_model = deal_days.scoring_model
        and scored.as_of = deal_days.as_of
        and scored.lead_id = deal_days.lead_id
left join stage_days
    on
        scored.scoring_model = stage_days.scoring_model
        and scored.as_of = stage_days.as_of
        and scored.lead_id = stage_days.lead_id
