-- Maps a file of leads to the raw tables that the project reads.
--
-- The variable leads_file names the CSV file, share_known which share of the leads, in the order of
-- their numbers, has a known outcome. run.py sets both; by hand:
--     set variable leads_file = '../shared/data/x_education/Leads.csv.gz';
--     set variable share_known = 0.7;
--
-- The file has no dates. Lead numbers rise with time, so days are given in their order: leads with a
-- known outcome from 179 to 90 days before 31 December 2020, the others in the 30 days up to it.

create schema if not exists raw_crm;
create schema if not exists raw_activity;

create or replace temp macro known(text) as
case when trim(text) not in ('', 'Select') then trim(text) end;

-- The day that many days before the last one; fractions of days keep the order within a day.
create or replace temp macro day_before(days) as
timestamp '2020-12-31 23:59:59' - to_seconds(cast(86400 * days as bigint));

-- Whole lines. Some circulate quoted as a whole, with their own quotes doubled: one field to a CSV
-- reader, which would shift or lose the row. Such a line is repaired here.
create or replace temp table lines as
with given as (
    select column0 as line
    from read_csv(
        getvariable('leads_file'), columns = {'column0': 'varchar'}, header = false,
        delim = chr(1), quote = '', escape = ''
    )
)

select
    line,
    case
        when line like '"%"' and line like '%""%'
            then replace(line[2:-2], '""', '"')
        else line
    end as mended
from given;

-- Fields, by the commas outside of quotes.
create or replace temp table fields as
select
    line,
    [
        case when field like '"%"' then replace(field[2:-2], '""', '"') else field end
        for field in regexp_extract_all(mended || ',', '((?:"(?:[^"]|"")*"|[^,"]*)),', 1)
    ] as fields
from lines;

create or replace temp table leads as
with header as (
    select fields as names
    from fields
    where fields[1] = 'Prospect ID'
),

rows as (
    select
        fields.line,
        len(fields.fields) = len(header.names) as is_whole,
        map_from_entries(list_zip(header.names, fields.fields[1:len(header.names)])) as cells
    from fields
    cross join header
    where fields.fields[1] <> 'Prospect ID'
),

numbered as (
    select
        *,
        row_number() over (order by try_cast(cells['Lead Number'] as bigint)) - 0.5 as lead_rank,
        count(*) over () as lead_count
    from rows
),

ranked as (
    select
        *,
        floor(lead_count * getvariable('share_known')) as known_count
    from numbered
)

-- Three quarters of the leads with a known outcome arrive on the first 60 days: leads are observed
-- every 30 days, so the last observation of known outcomes has the later quarter.
select
    * exclude (known_count, lead_count),
    lead_rank < known_count as is_outcome_known,
    case
        when lead_rank < 0.75 * known_count then 180 - 60 * lead_rank / (0.75 * known_count)
        when lead_rank < known_count
            then 120 - 30 * (lead_rank - 0.75 * known_count) / (0.25 * known_count)
        else 30 - 30 * (lead_rank - known_count) / (lead_count - known_count)
    end as days_ago
from ranked;

-- Each lead as it was on arrival. Columns that are written once the outcome is known (tags,
-- quality, profile, the Asymmetrique scores, the last notable activity) come in a second version,
-- 60 days later.
create or replace table raw_crm.contacts as
with versions as (
    select *, 0 as days_later from leads
    union all
    select *, 60 as days_later from leads
    where is_outcome_known
)

select
    cells['Prospect ID'] as contact_id,
    case
        when is_whole then cast(day_before(days_ago) as varchar)
        else 'not as many fields as the header: ' || line
    end as created_at,
    cast(day_before(days_ago - days_later) as varchar) as updated_at,
    known(cells['Lead Source']) as lead_source,
    known(cells['Country']) as country,
    known(cells['Lead Origin']) as lead_origin,
    known(cells['Do Not Email']) as do_not_email,
    known(cells['Do Not Call']) as do_not_call,
    known(cells['TotalVisits']) as total_visits,
    known(cells['Total Time Spent on Website']) as time_on_website,
    known(cells['Page Views Per Visit']) as page_views_per_visit,
    known(cells['Last Activity']) as last_activity,
    known(cells['Specialization']) as specialization,
    known(cells['How did you hear about X Education']) as heard_by,
    known(cells['What is your current occupation']) as occupation,
    known(cells['What matters most to you in choosing a course']) as matters_most,
    known(cells['Search']) as saw_search,
    known(cells['Newspaper Article']) as saw_article,
    known(cells['X Education Forums']) as saw_forum,
    known(cells['Newspaper']) as saw_newspaper,
    known(cells['Digital Advertisement']) as saw_advertisement,
    known(cells['Through Recommendations']) as was_recommended,
    known(cells['City']) as city,
    known(cells['A free copy of Mastering The Interview']) as wants_free_copy,
    case when days_later > 0 then known(cells['Tags']) end as tags,
    case when days_later > 0 then known(cells['Lead Quality']) end as lead_quality,
    case when days_later > 0 then known(cells['Lead Profile']) end as lead_profile,
    case when days_later > 0 then known(cells['Asymmetrique Activity Index']) end
        as activity_index,
    case when days_later > 0 then known(cells['Asymmetrique Profile Index']) end as profile_index,
    case when days_later > 0 then known(cells['Asymmetrique Activity Score']) end
        as activity_score,
    case when days_later > 0 then known(cells['Asymmetrique Profile Score']) end as profile_score,
    case when days_later > 0 then known(cells['Last Notable Activity']) end
        as last_notable_activity
from versions;

-- A conversion is a deal won 45 days after the lead's arrival.
create or replace table raw_crm.deals as
select
    'deal of ' || cells['Prospect ID'] as deal_id,
    cells['Prospect ID'] as contact_id,
    'new' as deal_type,
    true as is_won,
    cast(day_before(days_ago - 45) as varchar) as created_at,
    cast(day_before(days_ago - 45) as varchar) as closed_at,
    cast(day_before(days_ago - 45) as varchar) as updated_at
from leads
where
    is_outcome_known
    and cells['Converted'] = '1';

-- The lead's last activity before its arrival, if the project knows the kind of event.
create or replace table raw_activity.web_events as
select
    'activity of ' || cells['Prospect ID'] as event_id,
    cells['Prospect ID'] as contact_id,
    case cells['Last Activity']
        when 'Olark Chat Conversation' then 'chat_started'
        when 'Page Visited on Website' then 'page_viewed'
        else 'form_submitted'
    end as event_name,
    cast(day_before(days_ago) as varchar) as occurred_at,
    cast(day_before(days_ago) as varchar) as loaded_at
from leads
where
    cells['Last Activity'] in (
        'Olark Chat Conversation', 'Page Visited on Website', 'Form Submitted on Website'
    );

create or replace table raw_activity.email_events as
select
    'activity of ' || cells['Prospect ID'] as event_id,
    cells['Prospect ID'] as contact_id,
    case cells['Last Activity']
        when 'Email Opened' then 'opened'
        when 'Email Link Clicked' then 'clicked'
        when 'Email Bounced' then 'bounced'
        else 'unsubscribed'
    end as event_name,
    cast(day_before(days_ago) as varchar) as occurred_at,
    cast(day_before(days_ago) as varchar) as loaded_at
from leads
where
    cells['Last Activity'] in (
        'Email Opened', 'Email Link Clicked', 'Email Bounced', 'Unsubscribed'
    );
