-- Checks that every scored lead is in the accounts of its companies, once in each, and that the
-- points of an account are those of its leads' ledger rows, to the last decimal.
-- Matters because an account's score can be trusted only if its people explain all of it. When it
-- fails, look for the company in int_account_people: a lead is missing or duplicated.
{{ config(group='scoring') }}

with leads as (
    select distinct
        lead_scores.lead_id,
        lead_scores.scoring_model,
        coalesce(top_parents.top_parent_id, lead_companies.company_id) as company_id
    from {{ ref('lead_scores') }} as lead_scores
    inner join {{ ref('int_lead_companies') }} as lead_companies
        on
            lead_scores.as_of = lead_companies.as_of
            and lead_scores.lead_id = lead_companies.contact_id
    left join {{ ref('int_top_parents') }} as top_parents
        on
            lead_scores.scoring_model = top_parents.scoring_model
            and lead_companies.company_id = top_parents.company_id
    where lead_companies.company_id is not null
),

scored_leads as (
    select
        leads.company_id,
        leads.scoring_model,
        count(*) as lead_count
    from leads
    group by leads.company_id, leads.scoring_model
),

ledger_points as (
    select
        leads.company_id,
        ledger.scoring_model,
        sum(case when ledger.dimension = 'fit' then ledger.points else 0 end) as fit_points,
        sum(case when ledger.dimension = 'engagement' then ledger.points else 0 end)
            as engagement_points
    from {{ ref('lead_score_ledger') }} as ledger
    inner join leads
        on
            ledger.lead_id = leads.lead_id
            and ledger.scoring_model = leads.scoring_model
    group by leads.company_id, ledger.scoring_model
),

due as (
    select
        scored_leads.company_id,
        scored_leads.scoring_model,
        scored_leads.lead_count,
        -- Leads that meet no criterion have no ledger rows and no points.
        coalesce(ledger_points.fit_points, 0) as fit_points,
        coalesce(ledger_points.engagement_points, 0) as engagement_points
    from scored_leads
    left join ledger_points
        on
            scored_leads.company_id = ledger_points.company_id
            and scored_leads.scoring_model = ledger_points.scoring_model
)

select
    account_scores.fit_points,
    due.fit_points as ledger_fit_points,
    account_scores.engagement_points,
    due.engagement_points as ledger_engagement_points,
    account_scores.leads,
    due.lead_count,
    coalesce(account_scores.company_id, due.company_id) as company_id,
    coalesce(account_scores.scoring_model, due.scoring_model) as scoring_model
from {{ ref('account_scores') }} as account_scores
full outer join due
    on
        account_scores.company_id = due.company_id
        and account_scores.scoring_model = due.scoring_model
where
    account_scores.leads is distinct from due.lead_count
    or account_scores.fit_points is distinct from due.fit_points
    or account_scores.engagement_points is distinct from due.engagement_points
