{{ config(materialized='ephemeral') }}

-- Number of people of each lead's account, including the lead, who used the product in the 30 days
-- up to each as-of day. A lead without an account counts only itself.
with leads as (
    select * from {{ ref('dim_leads') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

use_days as (
    select distinct
        lead_facts.lead_key,
        lead_facts.occurred_on
    from {{ ref('int_lead_facts') }} as lead_facts
    where lead_facts.source = 'product'
),

active_keys as (
    select distinct
        lead_keys.as_of,
        lead_keys.lead_id
    from lead_keys
    inner join use_days
        on
            lead_keys.lead_key = use_days.lead_key
            and lead_keys.as_of >= use_days.occurred_on
    where {{ days_between('use_days.occurred_on', 'lead_keys.as_of') }} < 30
),

users as (
    select
        leads.as_of,
        leads.lead_id,
        leads.company_id
    from leads
    inner join active_keys
        on
            leads.as_of = active_keys.as_of
            and leads.lead_id = active_keys.lead_id
),

account_users as (
    select
        users.as_of,
        users.company_id,
        count(*) as user_count
    from users
    where users.company_id is not null
    group by users.as_of, users.company_id
)

select
    leads.as_of,
    leads.lead_id,
    coalesce(
        account_users.user_count,
        case when users.lead_id is not null then 1 else 0 end
    ) as value
from leads
left join account_users
    on
        leads.as_of = account_users.as_of
        and leads.company_id = account_users.company_id
left join users
    on
        leads.as_of = users.as_of
        and leads.lead_id = users.lead_id
