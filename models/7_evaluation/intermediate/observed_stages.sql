{{ config(materialized='view') }}

-- On which day each observed lead came to each stage within the horizon: by the CRM, by its score
-- on the days that the run knows, or by a deal. The day itself where it was there already.
with observations as (
    select * from {{ ref('observations') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
),

leads as (
    select * from {{ ref('leads') }}
),

day_scores as (
    select * from {{ ref('day_scores') }}
),

contacts as (
    select * from {{ ref('contacts_as_of') }}
),

contact_versions as (
    select * from {{ ref('kept_contact_versions') }}
),

contact_survivors as (
    select contact_survivors.*
    from {{ ref('contact_survivors') }} as contact_survivors
    inner join as_of_days on contact_survivors.as_of = as_of_days.as_of
    where as_of_days.is_run_day
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

opened_deals as (
    select
        deals.company_id,
        lower(deals.deal_type) as deal_type,
        contact_survivors.survivor_contact_id,
        {{ local_date('deals.created_at') }} as opened_on,
        {{ local_date('deals.closed_at') }} as closed_on
    from {{ ref('deals_as_of') }} as deals
    inner join as_of_days on deals.as_of = as_of_days.as_of
    left join contact_survivors on deals.contact_id = contact_survivors.contact_id
    where as_of_days.is_run_day
),

observed_leads as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.converted_on,
        outcomes.deal_type,
        leads.company_id,
        contact_survivors.survivor_contact_id
    from observations
    inner join outcomes on observations.scoring_model = outcomes.scoring_model
    inner join leads
        on
            observations.as_of = leads.as_of
            and observations.lead_id = leads.lead_id
    left join contact_survivors on observations.lead_id = contact_survivors.contact_id
),

signs as (
    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        lower(contacts.lifecycle_stage) as stage,
        observed_leads.as_of as reached_on
    from observed_leads
    inner join contacts
        on
            observed_leads.as_of = contacts.as_of
            and observed_leads.lead_id = contacts.contact_id

    union all

    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        lower(contact_versions.lifecycle_stage) as stage,
        {{ local_date('contact_versions.updated_at') }} as reached_on
    from observed_leads
    inner join contact_versions on observed_leads.lead_id = contact_versions.contact_id
    where {{ local_date('contact_versions.updated_at') }} > observed_leads.as_of

    union all

    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        day_scores.qualification as stage,
        day_scores.as_of as reached_on
    from observed_leads
    inner join day_scores
        on
            observed_leads.scoring_model = day_scores.scoring_model
            and observed_leads.lead_id = day_scores.lead_id
            and observed_leads.as_of <= day_scores.as_of
    where day_scores.qualification in ('mql', 'sql')

    union all

    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        'opportunity' as stage,
        greatest(opened_deals.opened_on, observed_leads.as_of) as reached_on
    from observed_leads
    inner join opened_deals
        on observed_leads.survivor_contact_id = opened_deals.survivor_contact_id
    where
        coalesce(opened_deals.closed_on > observed_leads.as_of, true)
        and coalesce(
            observed_leads.deal_type = opened_deals.deal_type, observed_leads.deal_type is null
        )

    union all

    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        'opportunity' as stage,
        greatest(opened_deals.opened_on, observed_leads.as_of) as reached_on
    from observed_leads
    inner join opened_deals on observed_leads.company_id = opened_deals.company_id
    where
        coalesce(opened_deals.closed_on > observed_leads.as_of, true)
        and coalesce(
            observed_leads.deal_type = opened_deals.deal_type, observed_leads.deal_type is null
        )

    union all

    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        'opportunity' as stage,
        observed_leads.converted_on as reached_on
    from observed_leads
    where observed_leads.converted_on is not null
)

-- Who is at a stage has come through those before it.
select
    signs.scoring_model,
    signs.as_of,
    signs.lead_id,
    min(signs.reached_on) as mql_on,
    min(case when signs.stage in ('sql', 'opportunity') then signs.reached_on end) as sql_on,
    min(case when signs.stage = 'opportunity' then signs.reached_on end) as opportunity_on
from signs
where
    signs.stage in ('mql', 'sql', 'opportunity')
    and {{ days_between('signs.as_of', 'signs.reached_on') }}
    <= {{ evaluation_days('conversion_horizon_days') }}
group by signs.scoring_model, signs.as_of, signs.lead_id
