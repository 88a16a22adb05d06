-- lead_scores of the model acquisition, straight from the raw tables: what an expert would write by
-- hand on DuckDB for the end of one day and the shipped configuration. Nothing is kept, nothing is
-- explained, nothing can be erased. Engagement criteria, limits, gates and tiers are read from the
-- seeds, fit criteria are spelled out. Variable: as_of.

-- People: versions in force, merges, who is a customer.
create temp table contacts as
with in_force as (
    select
        contact_id,
        coalesce(
            max(updated_at) filter (updated_at::date <= getvariable('as_of')), min(updated_at)
        ) as updated_at
    from raw_crm.contacts
    group by contact_id
)

select versions.*
from raw_crm.contacts as versions
inner join in_force
    on versions.contact_id = in_force.contact_id and versions.updated_at = in_force.updated_at
where versions.created_at::date <= getvariable('as_of');

create temp table survivors as
with recursive merges as (
    select contact_id, merged_into_contact_id as target, 1 as steps
    from contacts
    where merged_into_contact_id in (select contact_id from contacts)

    union all

    select merges.contact_id, contacts.merged_into_contact_id, merges.steps + 1
    from merges
    inner join contacts on merges.target = contacts.contact_id
    where contacts.merged_into_contact_id in (select contact_id from contacts) and merges.steps < 100
),

ends as (
    select contact_id, arg_max(target, steps) as target
    from merges
    group by contact_id
),

numbered as (
    select contact_id, row_number() over ()::integer as person
    from contacts
)

select
    numbered.contact_id,
    coalesce(targets.person, numbered.person) as person,
    targets.person is null as is_survivor
from numbered
left join ends on numbered.contact_id = ends.contact_id
left join numbered as targets on ends.target = targets.contact_id;

create temp table leads as
with companies_in_force as (
    select
        company_id,
        coalesce(
            max(updated_at) filter (updated_at::date <= getvariable('as_of')), min(updated_at)
        ) as updated_at
    from raw_crm.companies
    group by company_id
),

companies as (
    select versions.*
    from raw_crm.companies as versions
    inner join companies_in_force
        on
            versions.company_id = companies_in_force.company_id
            and versions.updated_at = companies_in_force.updated_at
),

company_domains as (
    select lower(domain) as domain, max(company_id) as company_id
    from companies
    where lower(domain) not in (select email_domain from scoring.free_mail_domains)
    group by lower(domain)
    having count(*) = 1
),

won_deals as (
    select *
    from (
        select *
        from raw_crm.deals
        where updated_at::date <= getvariable('as_of')
        qualify row_number() over (partition by deal_id order by updated_at desc) = 1
    )
    where is_won and closed_at::date <= getvariable('as_of')
),

titles as (
    select
        job_title,
        ' ' || trim(regexp_replace(lower(job_title), '[^a-z0-9]+', ' ', 'g')) || ' ' as words
    from (select distinct job_title from contacts where job_title is not null)
),

meanings as (
    select
        titles.job_title,
        min_by(dictionary.value, (dictionary.priority::integer, -length(dictionary.word), dictionary.word))
            filter (dictionary.meaning = 'seniority') as seniority,
        min_by(dictionary.value, (dictionary.priority::integer, -length(dictionary.word), dictionary.word))
            filter (dictionary.meaning = 'job_function') as job_function
    from titles
    inner join scoring.job_title_words as dictionary
        on contains(titles.words, ' ' || dictionary.word || ' ')
    where dictionary.meaning in ('seniority', 'job_function')
    group by titles.job_title
)

select
    survivors.person,
    contacts.contact_id as lead_id,
    contacts.created_at::date as created_on,
    coalesce(contacts.company_id, company_domains.company_id) is null as has_no_company,
    contacts.unsubscribed_at,
    split_part(lower(contacts.email), '@', 2) as domain,
    lower(contacts.department) as department,
    lower(contacts.origin) as origin,
    lower(contacts.budget_confirmed) as budget_confirmed,
    contacts.budget_amount,
    lower(contacts.buying_role) as buying_role,
    lower(contacts.need) as need,
    contacts.project_start_on,
    lower(contacts.technical_requirements_ready) as requirements_ready,
    lower(contacts.solution_considered) as solution,
    meanings.seniority,
    meanings.job_function,
    companies.employee_count,
    companies.annual_revenue,
    lower(companies.industry) as industry,
    companies.plant_count,
    lower(companies.technologies) as technologies,
    lower(companies.credit_rating) as credit_rating,
    companies.contract_renewal_on,
    coalesce(own_countries.country_code, company_countries.country_code) as country
from contacts
inner join survivors on contacts.contact_id = survivors.contact_id
left join company_domains
    on
        case when contacts.company_id is null then split_part(lower(contacts.email), '@', 2) end
        = company_domains.domain
left join companies
    on coalesce(contacts.company_id, company_domains.company_id) = companies.company_id
left join meanings on contacts.job_title = meanings.job_title
left join scoring.country_names as own_countries
    on lower(contacts.country) = own_countries.country_name
left join scoring.country_names as company_countries
    on lower(companies.country) = company_countries.country_name
where
    survivors.is_survivor
    and coalesce(contacts.deleted_at::date > getvariable('as_of'), true)
    and coalesce(lower(contacts.lifecycle_stage) <> 'customer', true)
    and coalesce(companies.customer_since > getvariable('as_of'), true)
    and survivors.person not in (
        select buyers.person from won_deals
        inner join survivors as buyers on won_deals.contact_id = buyers.contact_id
    )
    and not exists (
        select 1 from won_deals
        where won_deals.company_id = coalesce(contacts.company_id, company_domains.company_id)
    );

-- Whose an event is: by contact_id, else by e-mail, else by the one lead its cookie was seen with.
create temp table living as
select survivors.contact_id, survivors.person
from survivors
inner join survivors as ends on survivors.person = ends.person and ends.is_survivor
inner join contacts on ends.contact_id = contacts.contact_id
where coalesce(contacts.deleted_at::date > getvariable('as_of'), true);

create temp table addresses as
select
    borne.email,
    min_by(
        living.person,
        (
            coalesce(borne.email <> lower(contacts.email), true), contacts.created_at,
            contacts.contact_id
        )
    ) as person
from (
    select contact_id, lower(email) as email, min(updated_at)::date as first_borne_on
    from raw_crm.contacts
    where email is not null
    group by contact_id, lower(email)
) as borne
inner join contacts on borne.contact_id = contacts.contact_id
inner join living on borne.contact_id = living.contact_id
where borne.first_borne_on <= getvariable('as_of') or borne.email = lower(contacts.email)
group by borne.email;

create temp table corrected as
select event_id, max(loaded_at) as loaded_at
from raw_activity.web_events
group by event_id
having count(*) > 1;

create temp table bots as
select distinct user_agent
from (
    select distinct user_agent from raw_activity.web_events
    union all
    select distinct user_agent from raw_activity.email_events
) as agents
inner join scoring.automated_user_agents as patterns
    on lower(agents.user_agent) like lower(patterns.user_agent_pattern);

create temp table cookies as
select anonymous_id, max(person) as person
from (
    select distinct
        seen.anonymous_id,
        coalesce(living.person, addresses.person) as person
    from (
        select distinct anonymous_id, contact_id, email
        from raw_activity.web_events
        where
            occurred_at::date <= getvariable('as_of')
            and anonymous_id is not null
            and (contact_id is not null or email is not null)
    ) as seen
    left join living on seen.contact_id = living.contact_id
    left join addresses on lower(seen.email) = addresses.email
    where coalesce(living.person, addresses.person) is not null
)
group by anonymous_id
having count(*) = 1;

-- Activity of leads: numbers for texts from here on.
create temp table web as
select
    leads.person,
    hash(
        events.event_name, events.page_path, events.content_id, events.form_id,
        events.utm_source, events.utm_medium, events.percent_complete >= 95
    ) as kind,
    events.occurred_at::date as day,
    case when events.event_name = 'page_viewed' then hash(events.page_path) end as page,
    case when events.event_name = 'page_viewed' then hash(events.session_id) end as session,
    events.page_path like '/products/%' as is_product_page,
    events.event_name = 'content_downloaded'
    and (events.content_id like 'cad-%' or events.content_id like 'manual-%') as is_technical,
    events.event_name = 'form_submitted' and events.form_id like '%newsletter%' as is_subscription,
    events.occurred_at,
    events.duration_seconds as amount
from raw_activity.web_events as events
left join corrected on events.event_id = corrected.event_id
left join living on events.contact_id = living.contact_id
left join addresses on lower(events.email) = addresses.email
left join cookies
    on
        case
            when events.contact_id is null and events.email is null then events.anonymous_id
        end = cookies.anonymous_id
inner join leads
    on coalesce(living.person, addresses.person, cookies.person) = leads.person
where
    events.occurred_at::date <= getvariable('as_of')
    and coalesce(events.loaded_at = corrected.loaded_at, true)
    and coalesce(events.user_agent not in (select user_agent from bots), true);

create temp table mail as
select
    leads.person,
    hash(events.event_name, events.campaign_id, events.link_url) as kind,
    events.occurred_at::date as day,
    events.event_name,
    events.campaign_id,
    events.occurred_at
from raw_activity.email_events as events
left join living on events.contact_id = living.contact_id
left join addresses on lower(events.email) = addresses.email
inner join leads on coalesce(living.person, addresses.person) = leads.person
where
    events.occurred_at::date <= getvariable('as_of')
    and coalesce(events.user_agent not in (select user_agent from bots), true);

create temp table other as
select
    leads.person,
    events.source,
    events.event_name,
    events.feature,
    events.direction,
    events.outcome,
    events.occurred_at::date as day,
    count(*) as times,
    sum(events.quantity) as amount
from (
    select 'product' as source, contact_id, event_name, feature, null as direction,
        null as outcome, occurred_at, quantity
    from raw_activity.product_events
    union all
    select 'social', contact_id, event_name, null, null, null, occurred_at, null
    from raw_activity.social_events
    union all
    select 'sales', contact_id, kind, null, direction, outcome, occurred_at, null
    from raw_crm.sales_activities
) as events
inner join living on events.contact_id = living.contact_id
inner join leads on living.person = leads.person
where events.occurred_at::date <= getvariable('as_of')
group by all;

-- What counts as which activity.
create temp table criteria as
select
    row_number() over ()::utinyint as number,
    criterion,
    category,
    activity,
    rule,
    per,
    coalesce(min_count::integer, 0) as min_count,
    coalesce(max_count::integer, 1000000000) as max_count,
    min_rate::double as min_rate,
    window_days::integer as window_days,
    coalesce(daily_limit::integer, 1000000000) as daily_limit,
    points::double as points,
    decay,
    decay_days::double as decay_days,
    decay_rate::double as decay_rate,
    coalesce(max_points::double, 1e9) as max_points
from scoring.engagement_criteria
where scoring_model = 'acquisition';

create temp table activity_ids as
select activity, row_number() over ()::utinyint as id
from (
    select activity from criteria
    union
    select per from criteria where rule = 'rate'
);

create temp table kinds as
with kinds as (
    select distinct
        'web' as source, event_name, page_path, content_id, form_id, utm_source, utm_medium,
        null as campaign_id, null as link_url, percent_complete >= 95 as is_to_the_end,
        hash(
            event_name, page_path, content_id, form_id, utm_source, utm_medium,
            percent_complete >= 95
        ) as kind
    from raw_activity.web_events
    union all
    select distinct
        'email', event_name, null, null, null, null, null, campaign_id, link_url, null,
        hash(event_name, campaign_id, link_url)
    from raw_activity.email_events
)

select
    kinds.kind,
    activities.activity,
    activities.intent = 'positive' as is_positive,
    activities.quantity is not null as has_amount
from kinds
inner join scoring.activities as activities
    on
        kinds.source = activities.source
        and kinds.event_name = activities.event_name
        and coalesce(kinds.page_path like activities.page_path, activities.page_path is null)
        and coalesce(kinds.content_id like activities.content_id, activities.content_id is null)
        and coalesce(kinds.form_id = activities.form_id, activities.form_id is null)
        and coalesce(kinds.utm_source = activities.utm_source, activities.utm_source is null)
        and coalesce(kinds.utm_medium = activities.utm_medium, activities.utm_medium is null)
        and coalesce(kinds.campaign_id like activities.campaign_id, activities.campaign_id is null)
        and coalesce(kinds.link_url like activities.link_url, activities.link_url is null)
        -- The bounces of these tables have no type.
        and (kinds.source <> 'email' or activities.outcome is null)
        and (activities.min_percent_complete is null or coalesce(kinds.is_to_the_end, false));

create temp table lead_days as
with counted_kinds as (
    select kinds.kind, activity_ids.id, kinds.has_amount
    from kinds
    inner join activity_ids on kinds.activity = activity_ids.activity
    union all
    select distinct kinds.kind, activity_ids.id, false
    from kinds
    inner join activity_ids on activity_ids.activity = 'any'
    where kinds.is_positive
),

facts as (
    select person, kind, day, count(*) as times, sum(amount) as amount from web group by all
    union all
    select person, kind, day, count(*), null from mail group by all
),

other_activities as (
    select
        other.*,
        activities.activity,
        activities.intent = 'positive' as is_positive,
        activities.quantity is not null as has_amount
    from other
    inner join scoring.activities as activities
        on
            other.source = activities.source
            and other.event_name = activities.event_name
            and coalesce(other.feature = activities.feature, activities.feature is null)
            and coalesce(other.direction = activities.direction, activities.direction is null)
            and coalesce(other.outcome = activities.outcome, activities.outcome is null)
),

page_days as (
    select person, page, day, count(*) as times, bool_or(is_product_page) as is_product_page
    from web
    where page is not null
    group by person, page, day
),

pages as (
    select person, page, min(day) as day, bool_or(is_product_page) as is_product_page
    from page_days
    group by person, page
),

sessions as (
    select person, session, min(day) as day, count(*) as views
    from web
    where session is not null
    group by person, session
),

mailings as (
    select
        person,
        greatest(
            min(day) filter (event_name = 'opened'), min(day) filter (event_name = 'clicked')
        ) as day
    from mail
    where campaign_id is not null
    group by person, campaign_id
    having bool_or(event_name = 'opened') and bool_or(event_name = 'clicked')
),

technical_pages as (
    select
        page_steps.person,
        greatest(page_steps.fifth_on, page_steps.product_on, downloads.day) as day
    from (
        select
            person,
            list_sort(list(day))[5] as fifth_on,
            min(day) filter (is_product_page) as product_on
        from pages
        group by person
        having count(*) >= 5 and bool_or(is_product_page)
    ) as page_steps
    inner join (
        select person, min(day) as day from web where is_technical group by person
    ) as downloads
        on page_steps.person = downloads.person
),

voicemails as (
    select person, min(day) as day
    from other
    where source = 'sales' and event_name = 'voicemail'
    group by person
),

opt_outs as (
    select person, day, max(occurred_at) as occurred_at
    from mail
    where event_name = 'unsubscribed'
    group by person, day
    union all
    select person, unsubscribed_at::date, unsubscribed_at
    from leads
    where unsubscribed_at::date <= getvariable('as_of')
),

subscriptions as (
    select person, occurred_at from mail where event_name = 'subscribed'
    union all
    select person, occurred_at from web where is_subscription
),

found as (
    select 'email_opt_out' as activity, person, day, count(*) as times
    from opt_outs
    where not exists (
        select 1
        from subscriptions
        where
            subscriptions.person = opt_outs.person
            and subscriptions.occurred_at > opt_outs.occurred_at
    )
    group by all
    union all
    select 'session' as activity, person, day, count(*) as times from sessions group by all
    union all
    select 'one_page_session', person, day, count(*) from sessions where views = 1 group by all
    union all
    select 'repeated_page_view', page_days.person, page_days.day,
        sum(page_days.times - (page_days.day = pages.day)::integer)
    from page_days
    inner join pages on page_days.person = pages.person and page_days.page = pages.page
    group by all
    having sum(page_days.times - (page_days.day = pages.day)::integer) > 0
    union all
    select 'email_opened_and_clicked', person, day, count(*) from mailings group by all
    union all
    select 'five_pages_product_page_and_download', person, day, 1 from technical_pages
    union all
    select 'meeting_after_voicemail', other.person, other.day, sum(other.times)
    from other
    inner join voicemails on other.person = voicemails.person and other.day >= voicemails.day
    where other.source = 'sales' and other.event_name = 'meeting' and other.outcome = 'held'
    group by all
    union all
    select activity, person, day, sum(times) from other_activities where not has_amount group by all
    union all
    select 'any', person, day, sum(times)
    from (
        select distinct on (person, source, event_name, feature, direction, outcome, day) *
        from other_activities
        where is_positive
    )
    group by all
)

select
    facts.person,
    counted_kinds.id,
    facts.day,
    sum(facts.times)::integer as times,
    sum(facts.amount) filter (counted_kinds.has_amount)::double as amount
from facts
inner join counted_kinds on facts.kind = counted_kinds.kind
group by facts.person, counted_kinds.id, facts.day

union all

select found.person, activity_ids.id, found.day, found.times::integer, null
from found
inner join activity_ids on found.activity = activity_ids.activity

union all

select other_activities.person, activity_ids.id, other_activities.day,
    sum(other_activities.times)::integer, sum(other_activities.amount)::double
from other_activities
inner join activity_ids on other_activities.activity = activity_ids.activity
where other_activities.has_amount
group by all;

-- Points of engagement.
create temp table engagement as
with counted as (
    select criteria.*, activity_ids.id, false as is_base
    from criteria
    inner join activity_ids on criteria.activity = activity_ids.activity
    union all
    select criteria.*, activity_ids.id, true
    from criteria
    inner join activity_ids on criteria.rule = 'rate' and criteria.per = activity_ids.activity
),

days as (
    select *, getvariable('as_of') - day as age
    from lead_days
),

decayed as (
    select
        days.person,
        counted.number,
        sum(
            case
                when counted.rule = 'amount'
                    then days.amount / coalesce(counted.per::double, 1)
                else least(days.times, counted.daily_limit)
            end
            * case counted.decay
                when 'half_life' then pow(0.5, days.age / counted.decay_days)
                when 'linear' then greatest(1 - days.age / counted.decay_days, 0)
                when 'step'
                    then greatest(1 - counted.decay_rate * periods.whole, 0)
                when 'compound'
                    then pow(1 - counted.decay_rate, periods.whole)
                when 'expire' then (days.age < counted.decay_days)::integer
                else 1
            end
        ) as units
    from days
    inner join counted on days.id = counted.id
    -- In whole numbers: as floating-point numbers, 33 / 1.1 is below 30.
    cross join lateral (
        select days.age::bigint * 1000000000 // round(counted.decay_days * 1000000000)::bigint as whole
    ) as periods
    where
        counted.rule in ('each', 'amount')
        and coalesce(days.age < counted.window_days, true)
    group by days.person, counted.number
),

counts as (
    select
        days.person,
        counted.number,
        coalesce(sum(least(days.times, counted.daily_limit)) filter (
            not counted.is_base and coalesce(days.age < counted.window_days, true)
        ), 0) as times,
        coalesce(sum(days.times) filter (
            counted.is_base and coalesce(days.age < counted.window_days, true)
        ), 0) as base,
        coalesce(sum(least(days.times, counted.daily_limit)) filter (
            days.age >= counted.window_days and days.age < 2 * counted.window_days
        ), 0) as earlier
    from days
    inner join counted on days.id = counted.id
    where counted.rule in ('count', 'rate', 'decline')
    group by days.person, counted.number
),

last_signs as (
    select days.person, max(days.day) as day
    from days
    inner join activity_ids on days.id = activity_ids.id
    where activity_ids.activity = 'any'
    group by days.person
)

select
    decayed.person,
    decayed.number,
    greatest(least(decayed.units * criteria.points, criteria.max_points), -criteria.max_points)
        as points
from decayed
inner join criteria on decayed.number = criteria.number
where decayed.units <> 0

union all

select counts.person, counts.number, criteria.points
from counts
inner join criteria on counts.number = criteria.number
where
    (criteria.rule = 'count' and counts.times between criteria.min_count and criteria.max_count)
    or (
        criteria.rule = 'rate'
        and counts.base >= greatest(criteria.min_count, 1)
        and counts.times >= criteria.min_rate::decimal(18, 9) * counts.base
    )
    or (
        criteria.rule = 'decline'
        and counts.earlier >= greatest(criteria.min_count, 1)
        and counts.times <= (1 - criteria.min_rate::decimal(18, 9)) * counts.earlier
    )

union all

select leads.person, criteria.number, criteria.points
from leads
cross join criteria
left join last_signs on leads.person = last_signs.person
where
    criteria.rule = 'inactive'
    and getvariable('as_of') - coalesce(last_signs.day, leads.created_on) >= criteria.window_days;

-- Points of fit, by category, and the gates that fit criteria close.
create temp table fit as
select
    person,
    case
        when job_function in ('operations', 'engineering') then 10
        when job_function in ('executive', 'procurement') then 8
        when job_function = 'it' then 6
        when job_function in ('marketing', 'sales', 'hr') then -3
        else 0
    end
    + case
        when department in (
            'production', 'operations', 'maintenance', 'engineering', 'automation', 'manufacturing'
        ) then 3
        else 0
    end
    + case
        when seniority in ('c_level', 'vp', 'director') then 10
        when seniority = 'manager' then 7
        when seniority = 'specialist' then 3
        else 0
    end as role,
    case
        when employee_count <= 9 or employee_count >= 5001 then -10
        when employee_count between 500 and 1499 then 10
        when employee_count between 200 and 5000 then 7
        when employee_count between 50 and 199 then 4
        when employee_count between 10 and 49 then 1
        else 0
    end
    + case when annual_revenue between 10000000 and 1000000000 then 4 else 0 end
    + case
        when industry in (
            'machinery', 'automotive', 'food and beverage', 'chemicals', 'pharmaceuticals', 'metals',
            'packaging', 'electronics'
        ) then 8
        when industry in ('consulting', 'software', 'education', 'public sector', 'retail') then -5
        else 0
    end
    + case when plant_count >= 5 then 6 when plant_count >= 2 then 3 else 0 end
    + case when technologies like '%opc ua%' then 4 else 0 end
    + case when ';' || replace(technologies, '; ', ';') || ';' like '%;sap;%' then 2 else 0 end
    + case credit_rating when 'a' then 3 when 'b' then 3 when 'd' then -10 else 0 end
    + case
        when contract_renewal_on - getvariable('as_of') between 0 and 120 then 5 else 0
    end as company,
    case budget_confirmed when 'yes' then 8 when 'no' then -4 else 0 end
    + case when budget_amount >= 25000 then 5 else 0 end
    + case buying_role when 'decision_maker' then 7 when 'influencer' then 4 when 'user' then 1 else 0 end
    + case
        when need in (
            'remote access', 'predictive maintenance', 'machine safety', 'energy reporting'
        ) then 6
        else 0
    end
    + case when project_start_on - getvariable('as_of') between 0 and 180 then 7 else 0 end
    + case when requirements_ready = 'true' then 5 else 0 end
    + case when solution in ('connect', 'insight', 'guard') then 5 else 0 end as project,
    case when seniority = 'intern_or_student' then -20 else 0 end
    + case when domain like '%universi%' then -15 else 0 end
    + case when is_competitor then -40 else 0 end
    + case when domain in (select email_domain from scoring.free_mail_domains) then -4 else 0 end
    + case when has_no_company then -3 else 0 end
    + case when is_served then 6 when country is not null then -15 else 0 end
    + case origin when 'inbound' then 5 when 'outbound' then -2 else 0 end as unlimited,
    list_filter([
        case when is_competitor then 'works_for_a_competitor' end,
        case when seniority = 'intern_or_student' then 'student_or_intern' end,
        case when employee_count >= 5001 then 'company_too_large' end,
        case when employee_count <= 9 then 'company_too_small' end,
        case when not is_served then 'outside_served_territory' end
    ], met -> met is not null) as gated_by
from (
    select
        *,
        domain in ('linkfactory.example', 'gatewerk.example', 'plantpulse.example')
            as is_competitor,
        country in (
            'AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'LU', 'MX',
            'NL', 'NO', 'PL', 'PT', 'SE', 'US'
        ) as is_served
    from leads
);

-- Scores, grades, tiers.
create temp table scores_by_hand as
with limits as (
    select dimension, category, min_points::double as min_points, max_points::double as max_points
    from scoring.category_limits
    where scoring_model = 'acquisition'
),

categories as (
    select engagement.person, 'engagement' as dimension, criteria.category,
        sum(engagement.points) as points
    from engagement
    inner join criteria on engagement.number = criteria.number
    group by all
    union all
    select person, 'fit', category, points
    from fit
    unpivot (points for category in (role, company, project, unlimited))
),

held as (
    select
        categories.person,
        sum(points) filter (dimension = 'fit') as fit_points,
        sum(points) filter (dimension = 'engagement') as engagement_points
    from (
        select
            categories.person,
            categories.dimension,
            greatest(
                least(categories.points, coalesce(limits.max_points, categories.points)),
                coalesce(limits.min_points, least(categories.points, coalesce(limits.max_points, categories.points)))
            ) as points
        from categories
        left join limits
            on
                categories.dimension = limits.dimension
                and categories.category = limits.category
    ) as categories
    group by categories.person
),

met_gates as (
    select engagement.person, criteria.criterion
    from engagement
    inner join criteria on engagement.number = criteria.number
    where criteria.criterion in (select criterion from scoring.score_gates)
    union all
    select person, unnest(gated_by)
    from fit
    where len(gated_by) > 0
),

gates as (
    select
        met_gates.person,
        min(score_gates.max_score::double) as max_score,
        bool_or(coalesce(score_gates.disqualifies::boolean, false)) as is_disqualified
    from met_gates
    inner join scoring.score_gates as score_gates
        on met_gates.criterion = score_gates.criterion
    where score_gates.scoring_model = 'acquisition'
    group by met_gates.person
),

weighted as (
    select
        leads.lead_id,
        held.fit_points,
        coalesce(held.engagement_points, 0) as engagement_points,
        100 * greatest(least(held.fit_points / models.fit_target::double, 1), 0) as fit,
        100 * greatest(least(
            coalesce(held.engagement_points, 0) / models.engagement_target::double, 1
        ), 0) as engagement,
        models.fit_weight::double as fit_weight,
        models.engagement_weight::double as engagement_weight,
        coalesce(gates.max_score, 100) as max_score,
        coalesce(gates.is_disqualified, false) as is_disqualified
    from leads
    inner join held on leads.person = held.person
    left join gates on leads.person = gates.person
    inner join scoring.scoring_models as models on models.scoring_model = 'acquisition'
),

scored as (
    select
        lead_id,
        fit_points,
        engagement_points,
        round(fit::decimal(18, 9), 1) as fit_score,
        round(engagement::decimal(18, 9), 1) as engagement_score,
        round(
            case
                when is_disqualified then 0
                else least(fit_weight * fit + engagement_weight * engagement, max_score)
            end::decimal(18, 9),
            1
        ) as score,
        is_disqualified
    from weighted
),

bands as (
    select dimension, grade, min_score::decimal(5, 1) as min_score
    from scoring.grade_bands
    where scoring_model = 'acquisition'
),

graded as (
    select scored.*, fit_bands.grade as fit_grade, engagement_bands.grade as engagement_grade
    from scored
    asof join (select * from bands where dimension = 'fit') as fit_bands
        on scored.fit_score >= fit_bands.min_score
    asof join (select * from bands where dimension = 'engagement') as engagement_bands
        on scored.engagement_score >= engagement_bands.min_score
),

reached_tiers as (
    select graded.lead_id, min_by(tiers.tier, tiers.rank::integer) as tier
    from graded
    inner join scoring.tiers as tiers
        on
            tiers.scoring_model = 'acquisition'
            and graded.score >= coalesce(tiers.min_score::double, 0)
            and coalesce(list_contains(split(tiers.fit_grades, ';'), graded.fit_grade), true)
            and coalesce(
                list_contains(split(tiers.engagement_grades, ';'), graded.engagement_grade), true
            )
    group by graded.lead_id
)

select
    graded.*,
    case when graded.is_disqualified then 'disqualified' else reached_tiers.tier end as tier
from graded
left join reached_tiers on graded.lead_id = reached_tiers.lead_id;
