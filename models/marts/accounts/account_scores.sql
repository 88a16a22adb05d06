-- Score of each company under each scoring model, combined from the scores of its leads on the
-- as-of day of the run.
with people as (
    select * from {{ ref('int_account_people') }}
),

account_scoring as (
    select * from {{ ref('config_account_scoring') }}
),

leads as (
    select * from {{ ref('int_current_leads') }}
),

deals as (
    select * from {{ ref('int_current_deals') }}
),

companies as (
    select * from {{ ref('int_companies_as_of') }}
),

lead_companies as (
    select * from {{ ref('int_lead_companies') }}
),

deal_leads as (
    select * from {{ ref('int_deal_leads') }}
),

top_parents as (
    select * from {{ ref('int_top_parents') }}
),

customers as (
    select distinct
        account_scoring.scoring_model,
        coalesce(top_parents.top_parent_id, lead_companies.company_id) as company_id
    from leads
    inner join lead_companies
        on
            leads.as_of = lead_companies.as_of
            and leads.lead_id = lead_companies.contact_id
    cross join account_scoring
    left join top_parents
        on
            account_scoring.scoring_model = top_parents.scoring_model
            and lead_companies.company_id = top_parents.company_id
    where
        lead_companies.is_customer_company
        or (lead_companies.is_own_company and lead_companies.is_customer_personally)
),

-- A deal that names no company belongs to the companies of its leads.
companies_of_deals as (
    select
        deals.deal_id,
        deals.company_id
    from deals
    where deals.is_open and deals.company_id is not null

    union distinct

    select
        deals.deal_id,
        lead_companies.company_id
    from deals
    inner join deal_leads
        on
            deals.as_of = deal_leads.as_of
            and deals.deal_id = deal_leads.deal_id
    inner join leads on deal_leads.lead_id = leads.lead_id
    inner join {{ ref('int_lead_companies') }} as lead_companies
        on
            deals.as_of = lead_companies.as_of
            and leads.lead_id = lead_companies.contact_id
    where deals.is_open and deals.company_id is null
),

open_deals as (
    select
        account_scoring.scoring_model,
        coalesce(top_parents.top_parent_id, companies_of_deals.company_id) as company_id,
        count(distinct companies_of_deals.deal_id) as open_deals
    from companies_of_deals
    cross join account_scoring
    left join top_parents
        on
            account_scoring.scoring_model = top_parents.scoring_model
            and companies_of_deals.company_id = top_parents.company_id
    group by
        account_scoring.scoring_model,
        coalesce(top_parents.top_parent_id, companies_of_deals.company_id)
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

-- Disqualified leads count only in the points, which must add up to those of the leads.
counted as (
    select
        people.company_id,
        people.scoring_model,
        count(*) as leads,
        sum(people.fit_points) as fit_points,
        sum(people.engagement_points) as engagement_points,
        count(people.score_rank) as qualified_leads,
        max(case when people.score_rank = 1 then people.lead_id end) as best_lead_id,
        max(case when people.score_rank = 1 then people.score end) as best_score,
        sum(case when people.score_rank > 1 then people.score end) as others_score,
        count(case when people.score_rank > 0 and people.is_engaged then 1 end) as engaged_leads,
        count(distinct case
            when people.score_rank > 0 and people.is_engaged then people.job_function
        end) as engaged_job_functions,
        max(case when people.score_rank > 0 then people.last_activity_on end)
            as last_activity_on,
        count(case when people.score_rank > 0 and people.is_decision_maker then 1 end)
            as decision_makers,
        count(case
            when people.score_rank > 0 and people.is_decision_maker and people.is_connected then 1
        end) as connected_decision_makers,
        count(case
            when people.score_rank > 0 and people.buying_role = 'decision_maker' then 1
        end) > 0 as has_decision_maker,
        count(case when people.score_rank > 0 and people.buying_role = 'influencer' then 1 end)
        > 0 as has_influencer,
        count(case when people.score_rank > 0 and people.buying_role = 'user' then 1 end)
        > 0 as has_user
    from people
    group by people.company_id, people.scoring_model
),

scored as (
    select
        counted.*,
        account_scoring.method,
        case
            when counted.qualified_leads = 0 then 0
            when account_scoring.method = 'maximum'
                then cast(counted.best_score as {{ type_double() }})
            when account_scoring.method = 'sum_with_cap'
                then least(
                    cast(
                        counted.best_score + coalesce(counted.others_score, 0)
                        as {{ type_double() }}
                    ),
                    cast(account_scoring.score_cap as {{ type_double() }})
                )
            else
                0.6 * cast(counted.best_score as {{ type_double() }})
                + 0.4 * coalesce(
                    cast(counted.others_score as {{ type_double() }})
                    / nullif(counted.qualified_leads - 1, 0),
                    0
                )
        end as unrounded_score
    from counted
    inner join account_scoring on counted.scoring_model = account_scoring.scoring_model
)

select
    cast(scored.company_id as {{ dbt.type_string() }}) as company_id,
    cast(scored.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    scoring_dates.as_of,
    cast(companies.name as {{ dbt.type_string() }}) as company_name,
    {{ rounded_score('scored.unrounded_score') }} as account_score,
    cast(scored.method as {{ dbt.type_string() }}) as method,
    cast(scored.leads as bigint) as leads,
    cast(scored.leads - scored.qualified_leads as bigint) as disqualified_leads,
    cast(scored.engaged_leads as bigint) as engaged_leads,
    cast(scored.best_lead_id as {{ dbt.type_string() }}) as best_lead_id,
    scored.best_score,
    cast(scored.fit_points as decimal(38, 9)) as fit_points,
    cast(scored.engagement_points as decimal(38, 9)) as engagement_points,
    {{ words_where({
        'decision_maker': 'scored.has_decision_maker',
        'influencer': 'scored.has_influencer',
        'user': 'scored.has_user',
    }) }} as buying_roles,
    {{ words_where({
        'decision_maker': 'not scored.has_decision_maker',
        'influencer': 'not scored.has_influencer',
        'user': 'not scored.has_user',
    }) }} as missing_buying_roles,
    cast(scored.engaged_job_functions as bigint) as engaged_job_functions,
    cast(scored.decision_makers as bigint) as decision_makers,
    cast(scored.connected_decision_makers as bigint) as connected_decision_makers,
    scored.last_activity_on,
    cast(coalesce(open_deals.open_deals, 0) as bigint) as open_deals,
    customers.company_id is not null as is_customer
from scored
cross join scoring_dates
left join companies
    on
        scoring_dates.as_of = companies.as_of
        and scored.company_id = companies.company_id
left join open_deals
    on
        scored.scoring_model = open_deals.scoring_model
        and scored.company_id = open_deals.company_id
left join customers
    on
        scored.scoring_model = customers.scoring_model
        and scored.company_id = customers.company_id
