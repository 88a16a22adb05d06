{#
    The version of each CRM row that holds at the end of each as-of day: the latest up to then,
    else the earliest.
#}
{% macro versions_as_of(versions_model, key, columns) %}
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

versions as (
    select * from {{ ref(versions_model) }}
),

versions_in_force as (
    select
        scoring_dates.as_of,
        versions.{{ key }},
        coalesce(
            max(
                case
                    when {{ local_date('versions.updated_at') }} <= scoring_dates.as_of
                        then versions.updated_at
                end
            ),
            min(versions.updated_at)
        ) as updated_at
    from versions
    cross join scoring_dates
    group by scoring_dates.as_of, versions.{{ key }}
)

select
    versions_in_force.as_of,
    versions.{{ key }},
    versions.updated_at,
    {{ prefixed('versions', columns) | join(',\n    ') }}
from versions
inner join versions_in_force
    on
        versions.{{ key }} = versions_in_force.{{ key }}
        and versions.updated_at = versions_in_force.updated_at
{% endmacro %}
