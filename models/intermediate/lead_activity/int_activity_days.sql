{{ config(materialized='ephemeral') }}

-- Occurrences of each activity up to each as-of day, by lead and day. The activity any covers all
-- activities of positive intent.
with lead_keys as (
    select * from {{ ref('int_lead_keys') }}
),

lead_activity_daily as (
    select * from {{ ref('int_lead_activity_daily') }}
),

sql_activity_daily as (
    select * from {{ ref('int_sql_activity_daily') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
),

occurrences as (
    select
        lead_keys.as_of,
        lead_keys.lead_id,
        lead_activity_daily.activity_number,
        lead_activity_daily.occurred_on,
        lead_activity_daily.occurrences,
        lead_activity_daily.quantity
    from lead_keys
    inner join lead_activity_daily
        on
            lead_keys.lead_key = lead_activity_daily.lead_key
            and lead_keys.as_of >= lead_activity_daily.occurred_on

    union all

    select
        lead_keys.as_of,
        lead_keys.lead_id,
        sql_activity_daily.activity_number,
        sql_activity_daily.occurred_on,
        cast(sum(sql_activity_daily.occurrences) as bigint) as occurrences,
        cast(null as decimal(38, 9)) as quantity
    from lead_keys
    inner join sql_activity_daily
        on
            lead_keys.lead_key = sql_activity_daily.lead_key
            and lead_keys.as_of >= sql_activity_daily.occurred_on
    where
        coalesce(sql_activity_daily.undone_on > lead_keys.as_of, true)
        and coalesce(sql_activity_daily.as_of = lead_keys.as_of, true)
    group by
        lead_keys.as_of,
        lead_keys.lead_id,
        sql_activity_daily.activity_number,
        sql_activity_daily.occurred_on
)

select
    occurrences.as_of,
    occurrences.lead_id,
    coalesce(activity_names.activity, 'any') as activity,
    occurrences.occurred_on,
    occurrences.occurrences,
    occurrences.quantity,
    {{ days_between('occurrences.occurred_on', 'occurrences.as_of') }} as age_days
from occurrences
left join activity_names on occurrences.activity_number = activity_names.activity_number
