-- Every activity that a criterion can name: those of activities.csv, and the SQL activities whose
-- name is not in that file.
with activities as (
    select
        {{ cell('activity') }} as activity,
        coalesce({{ cell_word('intent') }}, 'neutral') = 'positive' as is_positive,
        false as is_sql_activity
    from {{ ref('activities') }}
),

sql_activities as (
    {% for name, intent in sql_activities().items() %}
    select
        '{{ name }}' as activity,
        {{ 'true' if intent == 'positive' else 'false' }} as is_positive,
        true as is_sql_activity
    union all
    {% endfor %}
    select
        cast(null as {{ dbt.type_string() }}) as activity,
        false as is_positive,
        true as is_sql_activity
),

named_activities as (
    select activities.*
    from activities
    where activities.activity is not null

    union all

    select sql_activities.*
    from sql_activities
    where
        sql_activities.activity is not null
        and sql_activities.activity not in (
            select lower(activities.activity)
            from activities
            where activities.activity is not null
        )
)

select
    named_activities.activity,
    cast(row_number() over (order by {{ byte_order('named_activities.activity') }}) as integer)
        as activity_number,
    named_activities.is_positive,
    named_activities.is_sql_activity
from named_activities
