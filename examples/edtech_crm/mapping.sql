-- Maps the files of the call log to the raw tables that the project reads.
--
-- The variable data_folder names the folder of the CSV files. run.py sets it; by hand:
--     set variable data_folder = '../shared/data/edtech_crm';
--
-- Everything is read as text. A row with an impossible value is delivered twice: once without the
-- value, and once unchanged but with an unreadable time, such as 'impossible age: 211'. The project
-- rejects the latter, which then appears in marts.rejected_rows.

create schema if not exists raw_crm;
create schema if not exists raw_activity;

-- 1/31/2022 becomes 2022-01-31; anything else stays unchanged, so the project rejects it.
create or replace temp macro iso_day(day) as
coalesce(strftime(try_strptime(day, '%m/%d/%Y'), '%Y-%m-%d'), day);

-- Filled, but not a number within the bounds.
create or replace temp macro is_impossible(number, lowest, highest) as
trim(number) <> '' and coalesce(try_cast(number as double) not between lowest and highest, true);

-- Demographics and assignments: who is scored, since when, and for which owner.
create or replace table raw_crm.contacts as
with leads as (
    select * from read_csv(
        getvariable('data_folder') || '/leads_basic_details.csv', all_varchar = true, header = true
    )
),

assignments as (
    select
        lead_id,
        min(try_strptime(assigned_date, '%m/%d/%Y')) as assigned_at,
        min_by(jnr_sm_id, try_strptime(assigned_date, '%m/%d/%Y')) as owner_id
    from read_csv(
        getvariable('data_folder') || '/sales_managers_assigned_leads_details.csv',
        all_varchar = true, header = true
    )
    group by lead_id
),

contacts as (
    select
        leads.lead_id as contact_id,
        leads.lead_gen_source as lead_source,
        assignments.owner_id,
        leads.age,
        leads.current_education as education,
        leads.current_city as city,
        leads.parent_occupation,
        -- The log does not say when a lead came in; the assignment is the earliest known day.
        strftime(assignments.assigned_at, '%Y-%m-%d') as created_at,
        strftime(assignments.assigned_at, '%Y-%m-%d') as updated_at
    from leads
    left join assignments on leads.lead_id = assignments.lead_id
)

select * replace (case when not is_impossible(age, 5, 100) then age end as age)
from contacts
union all
select * replace ('impossible age: ' || age as created_at)
from contacts
where is_impossible(age, 5, 100);

-- Calls. Only the listed subjects, which come before the decision, are read; new subjects stay out.
create or replace table raw_crm.sales_activities as
with calls as (
    select
        *,
        row_number() over () + 1 as line -- of the file, the header being line 1
    from read_csv(
        getvariable('data_folder') || '/leads_interaction_details.csv',
        all_varchar = true, header = true
    )
),

calls_before_the_decision as (
    select * from calls
    where
        call_reason in (
            'lead_introduction', 'demo_schedule', 'demo_not_attended',
            'post_demo_followup', 'followup_for_consideration'
        )
),

-- What a call says about the appointment for the demo.
appointments as (
    select
        *,
        case call_reason when 'demo_schedule' then 'meeting_booked' else 'cancelled' end as outcome
    from calls_before_the_decision
    where
        (call_reason = 'demo_schedule' and call_status = 'successful')
        or call_reason = 'demo_not_attended'
)

select
    'call-line-' || line as sales_activity_id,
    lead_id as contact_id,
    'call' as kind,
    'outbound' as direction,
    case call_status
        when 'successful' then 'connected'
        when 'unsuccessful' then 'no_answer'
        else call_status
    end as outcome,
    jnr_sm_id as owner_id,
    call_reason as subject,
    iso_day(call_done_date) as occurred_at,
    iso_day(call_done_date) as loaded_at
from calls_before_the_decision
union all
select
    'demo-appointment-line-' || line,
    lead_id,
    'meeting',
    'outbound',
    outcome,
    jnr_sm_id,
    call_reason,
    iso_day(call_done_date),
    iso_day(call_done_date)
from appointments;

-- Video demos watched.
create or replace table raw_activity.web_events as
with demos as (
    select
        'demo-line-' || row_number() over () + 1 as event_id,
        lead_id as contact_id,
        'video_watched' as event_name,
        'demo' || coalesce('-' || lower(language), '') as content_id,
        language,
        watched_percentage as percent_complete,
        iso_day(demo_watched_date) as occurred_at,
        iso_day(demo_watched_date) as loaded_at
    from read_csv(
        getvariable('data_folder') || '/leads_demo_watched_details.csv',
        all_varchar = true, header = true
    )
)

select *
replace (
    case when not is_impossible(percent_complete, 0, 100) then percent_complete end
        as percent_complete
)
from demos
union all
select * replace ('impossible watched_percentage: ' || percent_complete as occurred_at)
from demos
where is_impossible(percent_complete, 0, 100);
