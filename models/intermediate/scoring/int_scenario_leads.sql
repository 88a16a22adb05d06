-- Leads that each scoring model scores in each scenario: for a day, those in the model's
-- populations; for a step between two days, only those that were active since or whose identities
-- changed. For all other leads, only ages changed. Without the filter on automated activity: those
-- with any, by their negative key.
with scenarios as (
    select * from {{ ref('int_scenarios') }}
),

leads as (
    select * from {{ ref('dim_leads') }}
),

lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

lead_activity_daily as (
    select * from {{ ref('int_lead_activity_daily') }}
),

sql_activity_daily as (
    select * from {{ ref('int_sql_activity_daily') }}
),

challengers as (
    select * from {{ ref('config_challengers') }}
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

populations as (
    select
        scoring_models.model_number,
        scoring_models.scoring_model,
        {{ trim_text('list_words.word') }} as population
    from scoring_models
    {{ cross_join_words("coalesce(scoring_models.population, 'everyone')") }}
),

model_populations as (
    select
        populations.model_number,
        populations.scoring_model,
        max(case when populations.population = 'everyone' then 1 else 0 end) as takes_everyone,
        max(case when populations.population = 'open_leads' then 1 else 0 end) as takes_open_leads,
        max(case when populations.population = 'customers' then 1 else 0 end) as takes_customers,
        max(case when populations.population = 'trial_users' then 1 else 0 end)
            as takes_trial_users,
        max(case when populations.population = 'partners' then 1 else 0 end) as takes_partners
    from populations
    group by populations.model_number, populations.scoring_model
),

scored_leads as (
    select
        leads.as_of,
        leads.lead_number,
        leads.lead_id,
        leads.created_on,
        leads.is_customer,
        model_populations.model_number,
        model_populations.scoring_model
    from leads
    cross join model_populations
    where
        model_populations.takes_everyone = 1
        or (model_populations.takes_open_leads = 1 and not leads.is_customer)
        or (model_populations.takes_customers = 1 and leads.is_customer)
        or (
            model_populations.takes_trial_users = 1
            and not leads.is_customer
            and leads.is_product_user
        )
        or (model_populations.takes_partners = 1 and leads.is_partner)
),

compared_days as (
    select
        scenarios.clock_on as from_day,
        scenarios.as_of as to_day
    from scenarios
    where scenarios.step = 'merged'
),

todays_keys as (
    select
        lead_keys.lead_number,
        lead_keys.lead_key
    from lead_keys
    inner join compared_days on lead_keys.as_of = compared_days.to_day
),

earlier_keys as (
    select
        lead_keys.lead_number,
        lead_keys.lead_key
    from lead_keys
    inner join compared_days on lead_keys.as_of = compared_days.from_day
),

new_activity as (
    select lead_activity_daily.lead_key
    from lead_activity_daily
    inner join compared_days
        on
            lead_activity_daily.occurred_on > compared_days.from_day
            and lead_activity_daily.occurred_on <= compared_days.to_day

    union distinct

    select sql_activity_daily.lead_key
    from sql_activity_daily
    inner join compared_days
        on
            (
                sql_activity_daily.occurred_on > compared_days.from_day
                and sql_activity_daily.occurred_on <= compared_days.to_day
            )
            -- What happened since has undone an earlier occurrence.
            or (
                sql_activity_daily.undone_on > compared_days.from_day
                and sql_activity_daily.undone_on <= compared_days.to_day
            )
),

-- Of activities in SQL that depend on what is known on a day: what has come or gone since.
newly_known_activity as (
    select known_activity.lead_key
    from (
        select sql_activity_daily.*
        from sql_activity_daily
        inner join compared_days on sql_activity_daily.as_of = compared_days.from_day

        union all

        select sql_activity_daily.*
        from sql_activity_daily
        inner join compared_days on sql_activity_daily.as_of = compared_days.to_day
    ) as known_activity
    group by
        known_activity.lead_key, known_activity.activity_number, known_activity.occurred_on,
        known_activity.undone_on, known_activity.occurrences
    having count(*) <> 2
),

moved_leads as (
    select todays_keys.lead_number
    from todays_keys
    inner join new_activity on todays_keys.lead_key = new_activity.lead_key

    union distinct

    select todays_keys.lead_number
    from todays_keys
    inner join newly_known_activity on todays_keys.lead_key = newly_known_activity.lead_key

    union distinct

    -- A lead may have no identities on one of the days.
    select coalesce(todays_keys.lead_number, earlier_keys.lead_number) as lead_number
    from todays_keys
    full outer join earlier_keys on todays_keys.lead_number = earlier_keys.lead_number
    where todays_keys.lead_key is distinct from earlier_keys.lead_key
),

-- Leads whose published points of the last published day still hold.
unchanged_fit as (
    select
        fit_basis.as_of,
        fit_basis.lead_number
    from {{ ref('int_fit_basis') }} as fit_basis
    where fit_basis.is_unchanged
),

unchanged_engagement as (
    select
        engagement_basis.as_of,
        engagement_basis.lead_number
    from {{ ref('int_engagement_basis') }} as engagement_basis
    where engagement_basis.is_unchanged
),

unfiltered_leads as (
    select distinct todays_keys.lead_number
    from {{ ref('int_lead_keys') }} as todays_keys
    inner join lead_activity_daily on todays_keys.lead_key = -lead_activity_daily.lead_key
    where lead_activity_daily.lead_key < 0
),

joined as (
    select
        scored_leads.*,
        scenarios.step,
        scenarios.activity_ends_on,
        scenarios.clock_on,
        scenarios.needs_scores
    from scored_leads
    inner join scenarios on scored_leads.as_of = scenarios.as_of
    where
        scenarios.step = 'day'
        or (
            scored_leads.scoring_model not in (select challengers.challenger from challengers)
            and (
                (
                    scenarios.step in ('merged', 'active')
                    and scored_leads.lead_number in (
                        select moved_leads.lead_number from moved_leads
                    )
                )
                or (
                    scenarios.step = 'unfiltered'
                    and scored_leads.lead_number in (
                        select unfiltered_leads.lead_number from unfiltered_leads
                    )
                )
            )
        )
)

select
    cast(row_number() over (
        order by joined.as_of, joined.step, joined.lead_number, joined.model_number
    ) as bigint) as score_key,
    joined.as_of,
    joined.step,
    joined.activity_ends_on,
    joined.clock_on,
    joined.needs_scores,
    joined.lead_number,
    joined.model_number,
    joined.lead_id,
    joined.scoring_model,
    joined.created_on,
    joined.is_customer,
    case when joined.step = 'unfiltered' then -lead_keys.lead_key else lead_keys.lead_key end
        as lead_key,
    -- With the identities of the earlier day, also what was known on that day.
    case
        when joined.step = 'merged' and earlier_keys.lead_key is not null
            then joined.activity_ends_on
        else joined.as_of
    end as known_on,
    unchanged_fit.lead_number is not null as is_fit_unchanged,
    unchanged_engagement.lead_number is not null as is_engagement_unchanged
from joined
left join lead_keys
    on
        joined.as_of = lead_keys.as_of
        and joined.lead_number = lead_keys.lead_number
left join earlier_keys on lead_keys.lead_key = earlier_keys.lead_key
left join unchanged_fit
    on
        joined.as_of = unchanged_fit.as_of
        and joined.lead_number = unchanged_fit.lead_number
left join unchanged_engagement
    on
        joined.as_of = unchanged_engagement.as_of
        and joined.lead_number = unchanged_engagement.lead_number
