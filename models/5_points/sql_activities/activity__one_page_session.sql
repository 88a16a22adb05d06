-- A web session that ended after its first page, on the day it began.
with lead_sessions as (
    select * from {{ ref('lead_sessions') }}
)

select
    lead_sessions.lead_id,
    lead_sessions.started_on as occurred_on,
    count(*) as occurrences
from lead_sessions
where lead_sessions.page_views = 1
group by lead_sessions.lead_id, lead_sessions.started_on
