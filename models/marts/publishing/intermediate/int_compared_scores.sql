{{ config(materialized='ephemeral') }}

-- Whether each lead was scored on the last published day and on the run day. For a lead scored on
-- only one of them, or scored on both but by today's knowledge outside every population on the
-- first, also the cause, unless it depends on where the points came from.
with compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from {{ ref('int_scenarios') }} as scenarios
    where scenarios.step = 'merged'
),

scored_before as (
    select
        earlier_scores.lead_id,
        earlier_scores.scoring_model
    from {{ ref('int_earlier_scores') }} as earlier_scores
    where earlier_scores.score is not null
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

scoring_models as (
    select scoring_models.*
    from {{ ref('config_scoring_models') }} as scoring_models
    where scoring_models.scoring_model not in (
        select challengers.challenger from {{ ref('config_challengers') }} as challengers
    )
),

published_rules as (
    select * from {{ ref('int_published_criteria') }}
    where criterion in ('', 'limit:population')
),

-- Scoring models of the last published day, and whether their population has been edited since.
models_before as (
    select
        earlier_rules.scoring_model,
        max(case
            when
                earlier_rules.criterion = 'limit:population'
                and todays_rules.definition_key <> earlier_rules.definition_key
                then 1
            else 0
        end) = 1 as has_edited_population
    from compared_days
    inner join published_rules as earlier_rules on compared_days.from_day = earlier_rules.as_of
    left join published_rules as todays_rules
        on
            compared_days.to_day = todays_rules.as_of
            and earlier_rules.scoring_model = todays_rules.scoring_model
            and earlier_rules.criterion = todays_rules.criterion
    group by earlier_rules.scoring_model
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join compared_days on contact_merges.as_of = compared_days.to_day
),

earlier_contacts as (
    select contact_merges.contact_id
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join compared_days on contact_merges.as_of = compared_days.from_day
),

-- Leads that others, scored before, have merged into.
survivors as (
    select distinct
        contact_merges.survivor_contact_id as lead_id,
        scored_before.scoring_model
    from contact_merges
    inner join scored_before on contact_merges.contact_id = scored_before.lead_id
    where contact_merges.contact_id <> contact_merges.survivor_contact_id
),

scored_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where step = 'day'
),

standings as (
    select
        coalesce(lead_scores.lead_id, scored_before.lead_id) as lead_id,
        coalesce(lead_scores.scoring_model, scored_before.scoring_model) as scoring_model,
        scored_before.lead_id is not null as is_scored_before,
        lead_scores.lead_id is not null as is_scored_today
    from lead_scores
    full outer join scored_before
        on
            lead_scores.lead_id = scored_before.lead_id
            and lead_scores.scoring_model = scored_before.scoring_model
)

select
    cast(row_number() over (
        order by {{ byte_order('standings.lead_id') }}, {{ byte_order('standings.scoring_model') }}
    ) as bigint) as standing_number,
    standings.lead_id,
    standings.scoring_model,
    standings.is_scored_before,
    standings.is_scored_today,
    earlier_leads.score_key as earlier_score_key,
    todays_leads.score_key as todays_score_key,
    coalesce(earlier_leads.is_fit_unchanged, false) as is_fit_unchanged,
    coalesce(earlier_leads.is_engagement_unchanged, false) as is_engagement_unchanged,
    case
        when
            standings.is_scored_before
            and standings.is_scored_today
            and earlier_leads.score_key is not null
            then null
        when standings.is_scored_before and standings.is_scored_today
            then case when models_before.has_edited_population then 'rules' else 'attribute' end
        when standings.is_scored_today and models_before.scoring_model is null then 'rules'
        -- By the rules of today it would have been scored on the last published day.
        when
            standings.is_scored_today
            and models_before.has_edited_population
            and earlier_leads.score_key is not null
            then 'rules'
        when standings.is_scored_today and survivors.lead_id is not null then 'merge'
        -- It was known, but deleted or in no population.
        when
            standings.is_scored_today
            and earlier_contacts.contact_id is not null
            and earlier_leads.score_key is null
            then 'attribute'
        when standings.is_scored_today then null
        when scoring_models.scoring_model is null then 'rules'
        when contact_merges.contact_id <> contact_merges.survivor_contact_id then 'merge'
        -- By the rules of today it would not have been scored on the last published day, either.
        when models_before.has_edited_population and earlier_leads.score_key is null then 'rules'
        else 'attribute'
    end as absence_cause
from standings
cross join compared_days
left join models_before on standings.scoring_model = models_before.scoring_model
left join scoring_models on standings.scoring_model = scoring_models.scoring_model
left join contact_merges on standings.lead_id = contact_merges.contact_id
left join earlier_contacts on standings.lead_id = earlier_contacts.contact_id
left join survivors
    on
        standings.lead_id = survivors.lead_id
        and standings.scoring_model = survivors.scoring_model
left join scored_leads as earlier_leads
    on
        standings.lead_id = earlier_leads.lead_id
        and standings.scoring_model = earlier_leads.scoring_model
        and compared_days.from_day = earlier_leads.as_of
left join scored_leads as todays_leads
    on
        standings.lead_id = todays_leads.lead_id
        and standings.scoring_model = todays_leads.scoring_model
        and compared_days.to_day = todays_leads.as_of
