-- When each lead became an MQL and an SQL, and when it ceased to be one, as published.
with changes as (
    select
        changes.*,
        changes.qualification in ('mql', 'sql') as is_mql,
        coalesce(changes.previous_qualification, '') in ('mql', 'sql') as was_mql,
        changes.qualification = 'sql' as is_sql,
        coalesce(changes.previous_qualification, '') = 'sql' as was_sql
    from {{ ref('int_lead_qualification_changes') }} as changes
),

ranked_changes as (
    select
        changes.*,
        row_number() over (
            partition by changes.lead_id, changes.scoring_model
            order by changes.changed_on desc
        ) as change_rank
    from changes
)

select
    cast(ranked_changes.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(ranked_changes.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(
        min(case when ranked_changes.change_rank = 1 then ranked_changes.qualification end)
        as {{ dbt.type_string() }}
    ) as qualification,
    min(case when ranked_changes.is_mql then ranked_changes.changed_on end) as first_mql_on,
    max(
        case
            when ranked_changes.is_mql and not ranked_changes.was_mql
                then ranked_changes.changed_on
        end
    ) as mql_reached_on,
    max(
        case
            when ranked_changes.was_mql and not coalesce(ranked_changes.is_mql, false)
                then ranked_changes.changed_on
        end
    ) as mql_lost_on,
    min(case when ranked_changes.is_sql then ranked_changes.changed_on end) as first_sql_on,
    max(
        case
            when ranked_changes.is_sql and not ranked_changes.was_sql
                then ranked_changes.changed_on
        end
    ) as sql_reached_on,
    max(
        case
            when ranked_changes.was_sql and not coalesce(ranked_changes.is_sql, false)
                then ranked_changes.changed_on
        end
    ) as sql_lost_on
from ranked_changes
group by ranked_changes.lead_id, ranked_changes.scoring_model
