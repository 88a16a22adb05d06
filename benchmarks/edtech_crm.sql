-- The leads of a sales team's call log: what was known of each a day after a salesperson got it, and
-- whether it converted later. Leads that had converted by then are left out, and impossible ages and
-- percentages are missing.
with assigned as (
    select
        lead_id,
        strptime(assigned_date, '%m/%d/%Y')::date as assigned_on
    from read_csv(getvariable('folder') || '/sales_managers_assigned_leads_details.csv',
        all_varchar = true)
),

calls as (
    select
        lead_id,
        call_status,
        call_reason,
        strptime(call_done_date, '%m/%d/%Y')::date as called_on
    from read_csv(getvariable('folder') || '/leads_interaction_details.csv', all_varchar = true)
),

demos as (
    select
        lead_id,
        language,
        try_cast(watched_percentage as int) as watched_percentage,
        strptime(demo_watched_date, '%m/%d/%Y')::date as watched_on
    from read_csv(getvariable('folder') || '/leads_demo_watched_details.csv', all_varchar = true)
),

conversions as (
    select lead_id, min(called_on) as converted_on
    from calls
    where call_reason = 'successful_conversion'
    group by lead_id
),

first_calls as (
    select
        calls.lead_id,
        count(*) filter (calls.call_status = 'successful') as calls_answered,
        count(*) filter (calls.call_status = 'unsuccessful') as calls_missed,
        count(*) filter (calls.call_reason = 'demo_schedule') as demos_scheduled
    from calls
    inner join assigned using (lead_id)
    where calls.called_on <= assigned.assigned_on + 1
    group by calls.lead_id
)

select
    leads.lead_id,
    case when try_cast(leads.age as int) between 5 and 100 then leads.age end as age,
    leads.gender,
    leads.current_city,
    leads.current_education,
    leads.parent_occupation,
    leads.lead_gen_source,
    first_calls.calls_answered,
    first_calls.calls_missed,
    first_calls.demos_scheduled,
    demos.language,
    case
        when demos.watched_percentage between 0 and 100 then demos.watched_percentage
    end as watched_percentage,
    assigned.assigned_on,
    conversions.lead_id is not null as converted
from read_csv(getvariable('folder') || '/leads_basic_details.csv', all_varchar = true) as leads
inner join assigned using (lead_id)
left join conversions using (lead_id)
left join first_calls using (lead_id)
left join demos
    on leads.lead_id = demos.lead_id and demos.watched_on <= assigned.assigned_on + 1
where conversions.converted_on is null or conversions.converted_on > assigned.assigned_on + 1
order by leads.lead_id;
