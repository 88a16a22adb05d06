{{ config(materialized='ephemeral') }}

-- The company at the top of each company's chain of parents on the run's as-of day, for scoring
-- models with the account_level top_parent. In a cycle, the company whose id sorts first is at the
-- top.
with companies as (
    select companies.*
    from {{ ref('int_companies_as_of') }} as companies
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on companies.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

account_scoring as (
    select * from {{ ref('config_account_scoring') }}
    where account_level = 'top_parent'
),

parents as (
    select
        companies.as_of as known_at,
        companies.company_id as contact,
        companies.parent_company_id as merged_into
    from companies
    where
        companies.parent_company_id <> companies.company_id
        and exists (select 1 from account_scoring)
),

{{ merge_ends('parents', rounds=4) }}

select
    account_scoring.scoring_model,
    merge_ends.contact as company_id,
    merge_ends.survivor as top_parent_id
from merge_ends
cross join account_scoring
