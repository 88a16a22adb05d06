{{ config(materialized='ephemeral') }}

-- Segment of each lead on the run's day, on which the expected amount of its deal depends.
with lead_profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
)

select
    lead_profiles.lead_id,
    {{ amount_segment('lead_profiles') }} as segment
from lead_profiles
inner join scoring_dates on lead_profiles.as_of = scoring_dates.as_of
