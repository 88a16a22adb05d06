-- Deals in which each lead of a past day takes part: those of all contacts that have merged into it
-- since, and those of the company to which it belonged on that day. The deals are as of now, open
-- or closed.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

leads as (
    select leads.*
    from {{ ref('dim_leads') }} as leads
    inner join scoring_dates on leads.as_of = scoring_dates.as_of
    where scoring_dates.is_evaluation_day
),

contact_merges as (
    select contact_merges.*
    from {{ ref('int_contact_merges') }} as contact_merges
    inner join scoring_dates on contact_merges.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

deal_leads as (
    select deal_leads.*
    from {{ ref('int_deal_leads') }} as deal_leads
    inner join scoring_dates on deal_leads.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

deals as (
    select
        deals.deal_id,
        deals.company_id,
        lower(deals.deal_type) as deal_type,
        deals.is_won,
        deals.amount,
        {{ local_date('deals.created_at') }} as opened_on,
        case
            when deals.is_won is not null and {{ local_date('deals.closed_at') }} <= deals.as_of
                then {{ local_date('deals.closed_at') }}
        end as closed_on
    from {{ ref('int_deals_as_of') }} as deals
    inner join scoring_dates on deals.as_of = scoring_dates.as_of
    cross join evaluation_plan
    where
        scoring_dates.is_run_day
        and evaluation_plan.is_due
),

deals_of_contacts as (
    select
        leads.as_of,
        leads.lead_id,
        deals.deal_id,
        deals.deal_type,
        deals.is_won,
        deals.amount,
        deals.opened_on,
        deals.closed_on
    from leads
    inner join contact_merges on leads.lead_id = contact_merges.contact_id
    inner join deal_leads on contact_merges.survivor_contact_id = deal_leads.lead_id
    inner join deals on deal_leads.deal_id = deals.deal_id
),

deals_of_companies as (
    select
        leads.as_of,
        leads.lead_id,
        deals.deal_id,
        deals.deal_type,
        deals.is_won,
        deals.amount,
        deals.opened_on,
        deals.closed_on
    from leads
    inner join deals on leads.company_id = deals.company_id
)

select * from deals_of_contacts
union distinct
select * from deals_of_companies
