-- Activities that are calculated in SQL, recomputed on each run from one model activity__<name> for
-- each name in the var sql_activities. A model whose occurrences a later day can undo has a column
-- undone_on; a model that depends on what is known on each as-of day has a column as_of.
with sql_activities as (
    {% for name in sql_activities() %}
    select
        cast(lead_key as bigint) as lead_key,
        '{{ name }}' as activity,
        cast(occurred_on as date) as occurred_on,
        {% if has_column(ref('activity__' ~ name), 'undone_on') -%}
        cast(undone_on as date) as undone_on,
        {%- else -%}
        cast(null as date) as undone_on,
        {%- endif %}
        {% if has_column(ref('activity__' ~ name), 'as_of') -%}
        cast(as_of as date) as as_of,
        {%- else -%}
        cast(null as date) as as_of,
        {%- endif %}
        cast(occurrences as bigint) as occurrences
    from {{ ref('activity__' ~ name) }}
    union all
    {% endfor %}
    select
        cast(null as bigint) as lead_key,
        cast(null as {{ dbt.type_string() }}) as activity,
        cast(null as date) as occurred_on,
        cast(null as date) as undone_on,
        cast(null as date) as as_of,
        cast(null as bigint) as occurrences
),

activity_names as (
    select * from {{ ref('activity_names') }}
    where is_sql_activity
),

named_activities as (
    select
        activity_names.activity,
        activity_names.activity_number
    from activity_names

    union all

    -- An activity of positive intent is also an occurrence of the activity any.
    select
        activity_names.activity,
        0 as activity_number
    from activity_names
    where activity_names.is_positive
)

select
    sql_activities.lead_key,
    named_activities.activity_number,
    sql_activities.occurred_on,
    sql_activities.undone_on,
    sql_activities.as_of,
    cast(sum(sql_activities.occurrences) as bigint) as occurrences
from sql_activities
inner join named_activities on sql_activities.activity = named_activities.activity
where
    sql_activities.occurrences > 0
    and (
        sql_activities.undone_on is null
        or sql_activities.undone_on > sql_activities.occurred_on
    )
group by
    sql_activities.lead_key,
    named_activities.activity_number,
    sql_activities.occurred_on,
    sql_activities.undone_on,
    sql_activities.as_of
