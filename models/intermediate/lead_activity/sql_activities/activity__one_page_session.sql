{{ config(materialized='ephemeral') }}

-- A web session that ended after its first page, on the day it began. A second page view on a later
-- day undoes it from that day.
with lead_sessions as (
    select * from {{ ref('int_lead_sessions') }}
)

select
    lead_sessions.lead_key,
    lead_sessions.started_on as occurred_on,
    lead_sessions.second_view_on as undone_on,
    count(*) as occurrences
from lead_sessions
group by lead_sessions.lead_key, lead_sessions.started_on, lead_sessions.second_view_on
