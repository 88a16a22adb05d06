-- Deals in which each lead of a past day takes part: those of all contacts that have merged into it
-- since, and those of the company to which it belonged on that day. The deals are as of now, open
-- or closed.
with evaluation_plan as (
    select * from {{ ref('int_evaluation_plan') }}
),

as_of_days as (
    select * from {{ ref('int_scoring_dates') }}
),

leads as (
    select leads.*
    from {{ ref('dim_leads') }} as leads
    inner join as_of_days on leads.as_of = as_of_days.as_of
    where as_of_days.is_evaluation_day
),

contact_survivors as (
    select contact_survivors.*
    from {{ ref('int_contact_merges') }} as contact_survivors
    inner join as_of_days on contact_survivors.as_of = as_of_days.as_of
    where as_of_days.is_run_day
),

deals as (
    select
        deals.deal_id,
        deals.company_id,
        contact_survivors.survivor_contact_id,
        lower(deals.deal_type) as deal_type,
        deals.is_won,
        deals.amount,
        {{ local_date('deals.created_at') }} as opened_on,
        case
            when deals.is_won is not null and {{ local_date('deals.closed_at') }} <= deals.as_of
                then {{ local_date('deals.closed_at') }}
        end as closed_on
    from {{ ref('int_deals_as_of') }} as deals
    inner join as_of_days on deals.as_of = as_of_days.as_of
    left join contact_survivors on deals.contact_id = contact_survivors.contact_id
    cross join evaluation_plan
    where
        as_of_days.is_run_day
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
    inner join contact_survivors on leads.lead_id = contact_survivors.contact_id
    inner join deals
        on contact_survivors.survivor_contact_id = deals.survivor_contact_id
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
