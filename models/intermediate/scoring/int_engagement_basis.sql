-- A checksum of everything that the engagement points of a lead depend on: its activity up to the
-- day, the day on which it was created, and the criteria and limits. If it is the one with which
-- the last published day was published, the published points of that day still hold and are not
-- calculated again.
with fit_basis as (
    select * from {{ ref('int_fit_basis') }}
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

published_basis as (
    select * from {{ ref('int_published_basis') }}
),

rules as (
    select {{ rules_checksum('scoring_criteria') }} as rules_checksum
    from {{ ref('config_scoring_criteria') }} as scoring_criteria
    where scoring_criteria.dimension = 'engagement'
),

days as (
    select distinct
        fit_basis.as_of,
        fit_basis.is_only_compared
    from fit_basis
),

checked_days as (
    select
        lead_activity_daily.lead_key,
        lead_activity_daily.occurred_on,
        {{ change_checksum(prefixed('lead_activity_daily', [
            'activity_number', 'occurred_on', 'occurrences', 'quantity',
        ])) }} as day_checksum
    from lead_activity_daily
    where lead_activity_daily.lead_key > 0
),

activity_sums as (
    select
        days.as_of,
        checked_days.lead_key,
        sum(checked_days.day_checksum) as activity_checksum
    from checked_days
    inner join days on checked_days.occurred_on <= days.as_of
    group by days.as_of, checked_days.lead_key
),

sql_activity_sums as (
    select
        days.as_of,
        sql_activity_daily.lead_key,
        sum({{ change_checksum(prefixed('sql_activity_daily', [
            'activity_number', 'occurred_on', 'occurrences',
        ])) }}) as activity_checksum
    from sql_activity_daily
    inner join days on sql_activity_daily.occurred_on <= days.as_of
    where
        coalesce(sql_activity_daily.undone_on > days.as_of, true)
        and coalesce(sql_activity_daily.as_of = days.as_of, true)
    group by days.as_of, sql_activity_daily.lead_key
),

current_basis as (
    select
        leads.as_of,
        leads.lead_id,
        leads.lead_number,
        days.is_only_compared,
        cast(
            coalesce(activity_sums.activity_checksum, 0)
            + coalesce(sql_activity_sums.activity_checksum, 0)
            + {{ change_checksum(['leads.created_on']) }}
            + rules.rules_checksum
            as bigint
        ) as engagement_basis
    from leads
    inner join days on leads.as_of = days.as_of
    cross join rules
    left join lead_keys
        on
            leads.as_of = lead_keys.as_of
            and leads.lead_number = lead_keys.lead_number
    left join activity_sums
        on
            lead_keys.as_of = activity_sums.as_of
            and lead_keys.lead_key = activity_sums.lead_key
    left join sql_activity_sums
        on
            lead_keys.as_of = sql_activity_sums.as_of
            and lead_keys.lead_key = sql_activity_sums.lead_key
)

select
    current_basis.as_of,
    current_basis.lead_id,
    current_basis.lead_number,
    current_basis.engagement_basis,
    coalesce(
        current_basis.is_only_compared
        and current_basis.engagement_basis = published_basis.engagement_basis,
        false
    ) as is_unchanged
from current_basis
left join published_basis
    on
        current_basis.as_of = published_basis.as_of
        and current_basis.lead_id = published_basis.lead_id
