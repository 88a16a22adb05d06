-- Checks that the fact ledger counts each used row of each source once.
-- Matters because points rest on these counts: a day that was not counted again scores wrongly.
-- When it fails, compare both by occurred_on, then run dbt build --full-refresh -s fact_ledger+.
{{ config(group='scoring') }}

with fact_ledger as (
    select * from {{ ref('fct_activity_daily') }}
),

event_kinds as (
    select * from {{ ref('dim_event_types') }}
),

activity_rows as (
    select * from {{ ref('int_activities') }}
),

counted as (
    select
        event_kinds.source,
        sum(fact_ledger.occurrences) as occurrences
    from fact_ledger
    left join event_kinds on fact_ledger.kind_key = event_kinds.kind_key
    group by event_kinds.source
),

used as (
    select
        activity_rows.source,
        count(*) as used_rows
    from activity_rows
    where activity_rows.row_status = 'used'
    group by activity_rows.source
)

select
    counted.occurrences,
    used.used_rows,
    coalesce(counted.source, used.source) as source_name
from counted
full outer join used on counted.source = used.source
where counted.occurrences is distinct from used.used_rows
