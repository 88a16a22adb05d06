-- Checks that the fact ledger counts each used row of each source once.
-- Matters because points rest on these counts: a day that was not counted again scores wrongly.
-- When it fails, compare both by occurred_on, then run
-- dbt build --full-refresh -s fct_activity_daily+.
{{ config(group='scoring') }}

with activity_daily as (
    select * from {{ ref('fct_activity_daily') }}
),

event_types as (
    select * from {{ ref('dim_event_types') }}
),

activities as (
    select * from {{ ref('int_activities') }}
),

counted as (
    select
        event_types.source,
        sum(activity_daily.occurrences) as occurrences
    from activity_daily
    left join event_types on activity_daily.event_type_key = event_types.event_type_key
    group by event_types.source
),

used as (
    select
        activities.source,
        count(*) as used_rows
    from activities
    where activities.row_status = 'used'
    group by activities.source
)

select
    counted.occurrences,
    used.used_rows,
    coalesce(counted.source, used.source) as source_name
from counted
full outer join used on counted.source = used.source
where counted.occurrences is distinct from used.used_rows
