-- The raw tables of a made-up company, as table macros over days: day 0 is 2025-01-01, a year has 365
-- of them. Each takes the first day of delivery and the one after the last, so that a further day is
-- the same query with later days. Nothing is random: a number of a row and a salt always hash to the
-- same. Variables: leads, events (of all tables, in a year).

create or replace temp macro year_start() as timestamp '2025-01-01';
create or replace temp macro chance(number, salt) as
    (hash(number, salt) % 1000003) / 1000003.0;
create or replace temp macro one_of(number, salt, choices) as
    choices[1 + (hash(number, salt) % len(choices))::integer];
-- Few people do most: the cube of an even chance, spread over all numbers.
create or replace temp macro busy_person(number, salt) as
    ((pow(chance(number, salt), 3) * getvariable('leads'))::bigint * 7919) % getvariable('leads');
create or replace temp macro company_count() as greatest(getvariable('leads') // 5, 1);
create or replace temp macro address(person) as
    'person' || person || case
        when chance(person, 'free mail') < 0.2 then '@gmail.com'
        else '@company' || person % company_count() || '.example'
    end;
-- The n-th row of so many a year is delivered on this day and in this second of it.
create or replace temp macro row_number_of(day, share) as
    ceil(day * getvariable('events') * share / 365)::bigint;
create or replace temp macro delivered_at(number, share) as
    year_start()
    + to_days(floor(number * 365 / (getvariable('events') * share))::integer)
    + to_seconds((chance(number, 'second') * 80000)::bigint);
-- Most rows are an hour late at most, one in fifty up to five days.
create or replace temp macro delay(number) as
    to_seconds((
        chance(number, 'how late')
        * case when chance(number, 'late') < 0.02 then 432000 else 3600 end
    )::bigint);

create or replace temp macro companies_until(last_day) as table
with first_versions as (
    select
        i,
        'company' || i as company_id,
        'Company ' || i as name,
        'company' || i || '.example' as domain,
        one_of(i, 'industry', ['Machinery', 'Automotive', 'Food and beverage', 'Chemicals',
            'Software', 'Retail', 'Education', 'Metals']) as industry,
        exp(chance(i, 'employees') * 9)::bigint as employee_count,
        10000 * exp(chance(i, 'revenue') * 12)::bigint as annual_revenue,
        one_of(i, 'country', ['DE', 'Germany', 'France', 'es', 'Spain', 'US', 'GB', 'IN', 'CN'])
            as country,
        case when chance(i, 'has plants') < 0.6 then (chance(i, 'plants') * 8)::bigint end
            as plant_count,
        one_of(i, 'technologies', ['OPC UA;SAP', 'SAP', 'AWS', 'SCADA;OPC UA', 'Azure', null])
            as technologies,
        one_of(i, 'credit', ['A', 'B', 'C', 'D']) as credit_rating,
        case
            when chance(i, 'has contract') < 0.1
                then date '2025-07-01' + (chance(i, 'contract') * 500)::integer
        end as contract_renewal_on,
        case
            when chance(i, 'customer') < 0.04
                then date '2022-01-01' + (chance(i, 'since') * 1000)::integer
        end as customer_since,
        timestamp '2024-05-01' + to_hours((i % 700)::integer) as updated_at
    from range(company_count()) as numbers(i)
)

select * exclude (i) from first_versions
union all
select
    * exclude (i) replace (
        employee_count * 2 as employee_count,
        updated_at + to_days(250 + (i % 300)::integer) as updated_at
    )
from first_versions
where chance(i, 'grew') < 0.1 and updated_at + to_days(250 + (i % 300)::integer)
    < year_start() + to_days(last_day::integer);

-- A contact has a version as it was created, most have one as sales completed it, and some have
-- later ones: another address, a merge, a deletion, an opt-out.
create or replace temp macro contacts_between(first_day, last_day) as table
with people as (
    select
        i,
        'contact' || i as contact_id,
        address(i) as email,
        one_of(i, 'first name', ['Anna', 'Ben', 'Clara', 'David', 'Emma', 'Felix', 'Greta'])
            as first_name,
        'Name ' || i % 5000 as last_name,
        one_of(i, 'title', ['CEO', 'VP Sales', 'Software Engineer', 'Plant Manager', 'Buyer',
            'Head of Procurement', 'Production Manager', 'Automation Engineer', 'Student',
            'Director of Operations', 'Marketing Manager', 'IT Administrator', 'Werksleiter',
            'Maintenance Technician', 'Chief Operating Officer'])
            || one_of(i, 'part', ['', '', ' EMEA', ' North', ' (interim)', ' II']) as job_title,
        one_of(i, 'department', ['Production', 'Operations', 'Sales', 'IT', 'N/A', null])
            as department,
        case when chance(i, 'has company') < 0.92 then 'company' || i % company_count() end
            as company_id,
        one_of(i, 'country', ['DE', 'germany', 'France', 'ES', 'US', 'IN', null]) as country,
        one_of(i, 'lead source', ['website', 'newsletter', 'fair', 'cold list']) as lead_source,
        one_of(i, 'origin', ['inbound', 'Inbound', 'outbound']) as origin,
        one_of(i, 'stage', ['subscriber', 'lead', 'lead', 'mql', 'opportunity'])
            as lifecycle_stage,
        case when chance(i, 'owned') < 0.5 then 'user' || i % 40 end as owner_id,
        case when chance(i, 'partner') < 0.02 then 'fair;partner' end as tags,
        case when chance(i, 'has budget') < 0.15 then (chance(i, 'budget') * 100000)::bigint end
            as budget_amount,
        case when chance(i, 'asked') < 0.2 then one_of(i, 'confirmed', ['yes', 'no']) end
            as budget_confirmed,
        case
            when chance(i, 'has role') < 0.3
                then one_of(i, 'role', ['decision_maker', 'influencer', 'user'])
        end as buying_role,
        case
            when chance(i, 'has need') < 0.25
                then one_of(i, 'need', ['Remote access', 'Machine safety', 'Other'])
        end as need,
        case
            when chance(i, 'has project') < 0.1
                then date '2025-10-01' + (chance(i, 'project') * 400)::integer
        end as project_start_on,
        case when chance(i, 'specified') < 0.1 then one_of(i, 'ready', ['true', 'false']) end
            as technical_requirements_ready,
        case
            when chance(i, 'considers') < 0.1 then one_of(i, 'which', ['connect', 'insight'])
        end as solution_considered,
        case
            when i < getvariable('leads')
                then timestamp '2024-06-01' + to_hours((chance(i, 'created') * 12000)::integer)
            else year_start() + to_days((365 + (i - getvariable('leads')) * 500 // getvariable('leads'))::integer)
        end as created_at,
        null::timestamp as unsubscribed_at,
        null::varchar as merged_into_contact_id,
        null::timestamp as deleted_at
    from range(
        getvariable('leads') + greatest(last_day - 365, 0) * getvariable('leads') // 500
    ) as numbers(i)
),

versions as (
    select
        * replace (
            null as budget_amount, null as budget_confirmed, null as buying_role, null as need,
            'subscriber' as lifecycle_stage, null as country
        ),
        created_at as updated_at
    from people

    union all

    select people.*, created_at + interval 20 day as updated_at
    from people
    where chance(i, 'completed') < 0.8

    union all

    select
        people.* replace ('new.' || email as email, job_title || ' Global' as job_title),
        created_at + to_days(30 + (chance(i, 'later') * 500)::integer) as updated_at
    from people
    where chance(i, 'moved') < 0.1

    union all

    select
        people.* replace (
            case when chance(i, 'fate') < 0.3 and i > 0 then 'contact' || i // 2 end
                as merged_into_contact_id,
            case when chance(i, 'fate') between 0.3 and 0.5
                then created_at + to_days(40 + (chance(i, 'end') * 500)::integer) end as deleted_at,
            case when chance(i, 'fate') > 0.5
                then created_at + to_days(40 + (chance(i, 'end') * 500)::integer) end
                as unsubscribed_at
        ),
        created_at + to_hours(961 + 24 * (chance(i, 'end') * 500)::integer) as updated_at
    from people
    where chance(i, 'ends') < 0.04
)

select * exclude (i)
from versions
where
    updated_at < year_start() + to_days(last_day::integer)
    and (first_day = 0 or updated_at >= year_start() + to_days(first_day::integer));

create or replace temp macro deals_between(first_day, last_day) as table
with deals as (
    select
        i,
        'deal' || i as deal_id,
        (chance(i, 'who') * getvariable('leads'))::bigint % getvariable('leads') as person,
        one_of(i, 'type', ['new', 'new', 'expansion', 'renewal']) as deal_type,
        one_of(i, 'product', ['connect', 'insight', 'guard']) as product,
        (chance(i, 'amount') * 90000)::bigint as amount,
        timestamp '2024-09-01' + to_hours((chance(i, 'created') * 11000)::integer) as created_at,
        chance(i, 'end') as fate
    from range(getvariable('leads') // 10) as numbers(i)
),

versions as (
    select *, 'open' as stage, null::timestamp as closed_at, null::boolean as is_won,
        created_at as updated_at
    from deals
    union all
    select *, 'closed' as stage, created_at + interval 40 day as closed_at, fate < 0.3 as is_won,
        created_at + interval 40 day as updated_at
    from deals
    where fate < 0.8
)

select
    deal_id, 'contact' || person as contact_id, 'company' || person % company_count() as company_id,
    deal_type, product, stage, amount, created_at, closed_at, is_won, updated_at
from versions
where
    updated_at < year_start() + to_days(last_day::integer)
    and (first_day = 0 or updated_at >= year_start() + to_days(first_day::integer));

-- Visits of five events, of which one in fifty is a bot's. Three of five name nobody but a cookie,
-- and one in seven is of a visitor who never says who he is.
create or replace temp macro visits_between(first_day, last_day) as table
select
    row_of.i,
    row_of.i // 5 as visit,
    row_of.i % 5 as step,
    chance(row_of.i // 5, 'stranger') < 0.143 as is_stranger,
    busy_person(row_of.i // 5, 'visitor') as person,
    chance(row_of.i // 5, 'named') as named,
    chance(row_of.i // 5, 'campaign') as campaign,
    chance(row_of.i, 'page') as page,
    case
        when chance(row_of.i, 'event') < 0.70 then 'page_viewed'
        when chance(row_of.i, 'event') < 0.80 then 'content_offered'
        when chance(row_of.i, 'event') < 0.88 then 'ad_shown'
        when chance(row_of.i, 'event') < 0.92 then 'content_downloaded'
        else one_of(row_of.i, 'rare event', ['form_submitted', 'form_submitted', 'form_submitted',
            'cta_clicked', 'cta_clicked', 'video_watched', 'video_watched', 'ad_clicked',
            'webinar_attended', 'chat_started', 'demo_requested', 'call_requested'])
    end as event_name,
    delivered_at(row_of.i // 5, 0.14) as visit_delivered_at
from range(row_number_of(first_day, 0.14) * 5, row_number_of(last_day, 0.14) * 5) as row_of(i);

create or replace temp macro web_rows(first_day, last_day) as table
select
    'web' || i as event_id,
    'cookie' || case when is_stranger then 'x' else '' end || person
        || case when chance(visit, 'second device') < 0.2 then 'm' else '' end as anonymous_id,
    case when not is_stranger and named between 0.6 and 0.85 then 'contact' || person end
        as contact_id,
    case when not is_stranger and named > 0.85 then address(person) end as email,
    'visit' || visit as session_id,
    event_name,
    case
        when event_name in ('ad_shown', 'ad_clicked') then null
        when page < 0.12 then '/pricing'
        when page < 0.30 then '/products/' || one_of(i, 'product', ['connect', 'insight', 'guard'])
        when page < 0.40 then '/solutions/s' || hash(i, 'solution') % 10
        when page < 0.47 then '/customers/c' || hash(i, 'story') % 20
        when page < 0.50 then '/careers'
        when page < 0.55 then '/support/' || one_of(i, 'help', ['first-steps', 'cancel', 'login'])
        when page < 0.57 then '/partners/program'
        when page < 0.70 then '/'
        else '/blog/a' || (pow(chance(i, 'article'), 2) * 300)::integer
    end as page_path,
    case when campaign < 0.3 then 'https://www.google.com/' end as referrer,
    case
        when campaign < 0.10 then 'google'
        when campaign < 0.20 then 'newsletter'
        when campaign < 0.25 then 'linkedin'
        when campaign < 0.28 then 'partner'
    end as utm_source,
    case
        when campaign < 0.10 then 'cpc'
        when campaign < 0.20 then 'email'
        when campaign < 0.25 then one_of(visit, 'medium', ['message', 'social'])
        when campaign < 0.28 then 'referral'
    end as utm_medium,
    case when campaign < 0.28 then 'campaign-' || (campaign * 60)::integer end as utm_campaign,
    case
        when page between 0.12 and 0.30
            then one_of(i, 'product', ['connect', 'insight', 'guard'])
    end as product,
    case
        when event_name in ('content_downloaded', 'content_offered')
            then one_of(i, 'content', ['cad-', 'manual-', 'whitepaper-']) || hash(i, 'no') % 20
        when event_name in ('video_watched', 'webinar_attended') then 'show-' || hash(i, 'no') % 10
    end as content_id,
    case
        when event_name = 'form_submitted'
            then one_of(i, 'form', ['contact-form', 'newsletter-form', 'download-form'])
    end as form_id,
    case when event_name = 'page_viewed' then 5 + (hash(i, 'stay') % 400)::bigint end
        as duration_seconds,
    case when event_name = 'video_watched' then (hash(i, 'watched') % 101)::bigint end
        as percent_complete,
    case
        when chance(visit, 'bot') < 0.02
            then one_of(visit, 'which bot', ['Googlebot/2.1 (+http://www.google.com/bot.html)',
                'Mozilla/5.0 (compatible; bingbot/2.0)'])
        else 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/'
            || 100 + person % 30 || '.0.0.' || person % 40 || ' Safari/537.36'
    end as user_agent,
    '203.0.' || person % 250 || '.' || person % 241 as ip_address,
    visit_delivered_at - delay(visit) + to_seconds(step * 40) as occurred_at,
    visit_delivered_at + to_seconds(step * 40) as loaded_at
from visits_between(first_day, last_day);

-- One event in 200 is delivered again the next day with another length or another page.
create or replace temp macro web_events_between(first_day, last_day) as table
from web_rows(first_day, last_day)
union all
select * replace (
    duration_seconds + 30 as duration_seconds,
    case when hash(event_id) % 3 = 0 then page_path else '/pricing' end as page_path,
    loaded_at + interval 1 day as loaded_at
)
from web_rows(greatest(first_day - 1, 0), last_day - 1)
where chance(event_id, 'corrected') < 0.005;

create or replace temp macro email_events_between(first_day, last_day) as table
with mails as (
    select
        i,
        busy_person(i, 'reader') as person,
        chance(i, 'event') as event,
        chance(i, 'named') < 0.5 as has_contact_id
    from range(row_number_of(first_day, 0.22), row_number_of(last_day, 0.22)) as numbers(i)
)

select
    'mail' || i as event_id,
    case when has_contact_id then 'contact' || person end as contact_id,
    case when not has_contact_id then address(person) end as email,
    one_of(i, 'kind', ['newsletter-', 'nurture-'])
        || date_diff('week', year_start(), delivered_at(i, 0.22)) as campaign_id,
    case
        when event < 0.62 then 'delivered'
        when event < 0.90 then 'opened'
        when event < 0.98 then 'clicked'
        when event < 0.995 then 'sent'
        when event < 0.9985 then 'bounced'
        when event < 0.9998 then 'unsubscribed'
        else 'complained'
    end as event_name,
    case
        when event between 0.90 and 0.98
            then 'https://us.example' || one_of(i, 'link', ['/pricing', '/blog/a1', '/'])
    end as link_url,
    case
        when chance(i, 'bot') < 0.02 then 'GoogleImageProxy bot'
        else 'Outlook ' || hash(i, 'client') % 20
    end as user_agent,
    null::varchar as ip_address,
    delivered_at(i, 0.22) - delay(i) as occurred_at,
    delivered_at(i, 0.22) as loaded_at
from mails;

-- Every tenth person has a trial.
create or replace temp macro product_events_between(first_day, last_day) as table
with uses as (
    select i, busy_person(i, 'user') // 10 * 10 as person, chance(i, 'event') < 0.4 as is_login
    from range(row_number_of(first_day, 0.04), row_number_of(last_day, 0.04)) as numbers(i)
)

select
    'use' || i as event_id,
    'contact' || person as contact_id,
    null::varchar as email,
    'company' || person % company_count() as company_id,
    case when is_login then 'logged_in' else 'feature_used' end as event_name,
    case
        when not is_login
            then one_of(i, 'feature', ['dashboards', 'alerts', 'reports', 'api', 'invite'])
    end as feature,
    one_of(i, 'product', ['connect', 'insight', 'guard']) as product,
    case when not is_login then 1 + (hash(i, 'times') % 10)::bigint end as quantity,
    delivered_at(i, 0.04) - delay(i) as occurred_at,
    delivered_at(i, 0.04) as loaded_at
from uses;

create or replace temp macro social_events_between(first_day, last_day) as table
select
    'social' || i as event_id,
    'contact' || busy_person(i, 'follower') as contact_id,
    null::varchar as email,
    one_of(i, 'network', ['linkedin', 'youtube', 'x']) as network,
    one_of(i, 'event', ['page_visited', 'page_visited', 'followed', 'commented', 'shared',
        'connected', 'replied']) as event_name,
    delivered_at(i, 0.01) - delay(i) as occurred_at,
    delivered_at(i, 0.01) as loaded_at
from range(row_number_of(first_day, 0.01), row_number_of(last_day, 0.01)) as numbers(i);

create or replace temp macro sales_activities_between(first_day, last_day) as table
select
    'sales' || i as sales_activity_id,
    'contact' || busy_person(i, 'called') as contact_id,
    one_of(i, 'kind', ['call', 'call', 'call', 'email', 'meeting', 'voicemail',
        'linkedin_message']) as kind,
    one_of(i, 'direction', ['outbound', 'outbound', 'inbound']) as direction,
    one_of(i, 'outcome', ['no_answer', 'connected', 'meeting_booked', 'held', 'cancelled'])
        as outcome,
    'user' || i % 40 as owner_id,
    delivered_at(i, 0.03) - delay(i) as occurred_at,
    delivered_at(i, 0.03) as loaded_at
from range(row_number_of(first_day, 0.03), row_number_of(last_day, 0.03)) as numbers(i);
