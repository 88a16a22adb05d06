{{ config(materialized='view') }}

-- Every occurrence of every activity up to the as-of day, by lead and day; the activity any is
-- whatever had positive intent.
with lead_activity_days as (
    select * from {{ ref('lead_activity_days') }}
),

sql_activity_days as (
    select * from {{ ref('sql_activity_days') }}
),

activity_names as (
    select * from {{ ref('activity_names') }}
),

occurrences as (
    select
        lead_activity_days.lead_id,
        lead_activity_days.activity,
        lead_activity_days.occurred_on,
        lead_activity_days.occurrences,
        lead_activity_days.quantity
    from lead_activity_days

    union all

    select
        sql_activity_days.lead_id,
        sql_activity_days.activity,
        sql_activity_days.occurred_on,
        sql_activity_days.occurrences,
        cast(null as decimal(38, 9)) as quantity
    from sql_activity_days

    union all

    select
        sql_activity_days.lead_id,
        'any' as activity,
        sql_activity_days.occurred_on,
        sql_activity_days.occurrences,
        cast(null as decimal(38, 9)) as quantity
    from sql_activity_days
    inner join activity_names on sql_activity_days.activity = activity_names.activity
    where activity_names.is_positive
)

select
    occurrences.*,
    {{ days_between('occurrences.occurred_on', as_of()) }} as age_days
from occurrences
where occurrences.occurred_on <= {{ as_of() }}
