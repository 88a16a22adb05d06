{{ config(materialized='view') }}

-- Day on which each observed lead reached each stage within the horizon: according to the CRM, to
-- its score on the days that the run scores, or to a deal. The observation day itself if the lead
-- was already there.
with observations as (
    select * from {{ ref('int_observations') }}
),

scores as (
    select * from {{ ref('int_scores') }}
),

contacts as (
    select * from {{ ref('int_contacts_as_of') }}
),

contact_versions as (
    select * from {{ ref('int_contact_versions') }}
),

deals_of_leads as (
    select * from {{ ref('int_deals_of_leads') }}
),

outcomes as (
    select * from {{ ref('config_outcomes') }}
),

observed_leads as (
    select
        observations.scoring_model,
        observations.as_of,
        observations.lead_id,
        observations.converted_on,
        outcomes.deal_type
    from observations
    inner join outcomes on observations.scoring_model = outcomes.scoring_model
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
        scores.qualification as stage,
        scores.as_of as reached_on
    from observed_leads
    inner join scores
        on
            observed_leads.scoring_model = scores.scoring_model
            and observed_leads.lead_id = scores.lead_id
            and observed_leads.as_of <= scores.as_of
    where scores.qualification in ('mql', 'sql')

    union all

    select
        observed_leads.scoring_model,
        observed_leads.as_of,
        observed_leads.lead_id,
        'opportunity' as stage,
        greatest(deals_of_leads.opened_on, observed_leads.as_of) as reached_on
    from observed_leads
    inner join deals_of_leads
        on
            observed_leads.as_of = deals_of_leads.as_of
            and observed_leads.lead_id = deals_of_leads.lead_id
    where
        coalesce(deals_of_leads.closed_on > observed_leads.as_of, true)
        and coalesce(
            observed_leads.deal_type = deals_of_leads.deal_type, observed_leads.deal_type is null
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

-- A lead at a stage has passed all earlier stages.
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
    <= {{ days_of_var('conversion_horizon_days') }}
group by signs.scoring_model, signs.as_of, signs.lead_id
