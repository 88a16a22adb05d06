{{ config(materialized='ephemeral') }}

-- Scored leads of each account, and their role in it on the as-of day of the run. The rank is by
-- score, without disqualified leads.
with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

lead_companies as (
    select lead_companies.*
    from {{ ref('int_lead_companies') }} as lead_companies
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on lead_companies.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day and lead_companies.company_id is not null
),

top_parents as (
    select * from {{ ref('int_top_parents') }}
),

lead_profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

-- In direct contact with the team: connected on a social network, spoken with, met, or wrote to us.
connected_leads as (
    select distinct facts.lead_id
    from {{ ref('int_current_facts') }} as facts
    where
        (facts.source = 'social' and facts.event_name = 'connected')
        or (
            facts.source = 'sales'
            and (
                (facts.event_name = 'call' and facts.outcome in ('connected', 'meeting_booked'))
                or (facts.event_name = 'meeting' and facts.outcome = 'held')
                or (
                    facts.event_name in ('email', 'linkedin_message')
                    and facts.direction = 'inbound'
                )
            )
        )
),

account_scoring as (
    select * from {{ ref('config_account_scoring') }}
),

-- A lead with several companies in an account counts once.
accounts_of_leads as (
    select distinct
        lead_companies.as_of,
        lead_scores.scoring_model,
        lead_scores.lead_id,
        coalesce(top_parents.top_parent_id, lead_companies.company_id) as company_id
    from lead_scores
    inner join lead_companies on lead_scores.lead_id = lead_companies.contact_id
    left join top_parents
        on
            lead_scores.scoring_model = top_parents.scoring_model
            and lead_companies.company_id = top_parents.company_id
),

people as (
    select
        accounts_of_leads.company_id,
        lead_scores.scoring_model,
        lead_scores.lead_id,
        lead_scores.fit_points,
        lead_scores.engagement_points,
        lead_scores.score,
        lead_scores.is_disqualified,
        lead_scores.last_activity_on,
        lead_profiles.job_function,
        lead_profiles.seniority,
        coalesce(lower(lead_profiles.buying_role), lead_profiles.likely_buying_role)
            as buying_role,
        connected_leads.lead_id is not null as is_connected,
        lead_scores.engagement_score >= account_scoring.engaged_score as is_engaged
    from lead_scores
    inner join accounts_of_leads
        on
            lead_scores.scoring_model = accounts_of_leads.scoring_model
            and lead_scores.lead_id = accounts_of_leads.lead_id
    inner join lead_profiles
        on
            accounts_of_leads.as_of = lead_profiles.as_of
            and accounts_of_leads.lead_id = lead_profiles.lead_id
    inner join account_scoring on lead_scores.scoring_model = account_scoring.scoring_model
    left join connected_leads on lead_scores.lead_id = connected_leads.lead_id
)

select
    people.*,
    coalesce(
        people.seniority in ('c_level', 'vp', 'director')
        or people.buying_role = 'decision_maker',
        false
    ) as is_decision_maker,
    case
        when not people.is_disqualified
            then row_number() over (
                partition by people.company_id, people.scoring_model, people.is_disqualified
                order by people.score desc, {{ byte_order('people.lead_id') }}
            )
    end as score_rank
from people
