{{ config(materialized='ephemeral') }}

-- A web session in which the lead viewed a page, on the day it began.
with lead_sessions as (
    select * from {{ ref('int_lead_sessions') }}
)

select
    lead_sessions.lead_key,
    lead_sessions.started_on as occurred_on,
    count(*) as occurrences
from lead_sessions
group by lead_sessions.lead_key, lead_sessions.started_on
