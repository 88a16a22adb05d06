-- The activities that only SQL can say, computed anew on each run: one model activity__<name> for
-- each name in the var sql_activities.
with sql_activities as (
    {% for name in var('sql_activities') %}
    select
        cast(lead_id as varchar) as lead_id,
        '{{ name }}' as activity,
        cast(occurred_on as date) as occurred_on,
        cast(occurrences as bigint) as occurrences
    from {{ ref('activity__' ~ name) }}
    union all
    {% endfor %}
    select
        cast(null as varchar) as lead_id,
        cast(null as varchar) as activity,
        cast(null as date) as occurred_on,
        cast(null as bigint) as occurrences
),

activity_names as (
    select * from {{ ref('activity_names') }}
)

select
    sql_activities.lead_id,
    sql_activities.activity,
    sql_activities.occurred_on,
    cast(sum(sql_activities.occurrences) as bigint) as occurrences
from sql_activities
inner join activity_names
    on
        sql_activities.activity = activity_names.activity
        and activity_names.is_sql
where sql_activities.occurrences > 0
group by sql_activities.lead_id, sql_activities.activity, sql_activities.occurred_on
