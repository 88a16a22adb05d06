{{ config(materialized='view') }}

-- The leads of the run's as-of day.
with leads as (
    select * from {{ ref('leads') }}
),

as_of_days as (
    select * from {{ ref('as_of_days') }}
)

select leads.*
from leads
inner join as_of_days on leads.as_of = as_of_days.as_of
where as_of_days.is_run_day
