-- How many deals of the lead are open on the as-of day.
with deals as (
    select * from {{ ref('deals_as_of') }}
),

contact_survivors as (
    select * from {{ ref('contact_survivors') }}
),

leads as (
    select * from {{ ref('leads') }}
)

select
    leads.lead_id,
    count(deals.deal_id) as value
from leads
inner join contact_survivors on leads.lead_id = contact_survivors.survivor_contact_id
left join deals
    on
        contact_survivors.contact_id = deals.contact_id
        and {{ local_date('deals.created_at') }} <= {{ as_of() }}
        and coalesce({{ local_date('deals.closed_at') }} > {{ as_of() }}, true)
group by leads.lead_id
