{#
    The version of each CRM row that holds at the end of each as-of day: the latest up to then,
    else the earliest. Each version holds from its day on until the next one's.
#}
{% macro versions_as_of(versions_model, key, columns) %}
with as_of_days as (
    select * from {{ ref('as_of_days') }}
),

versions as (
    select * from {{ ref(versions_model) }}
),

dated_versions as (
    select
        versions.{{ key }},
        versions.updated_at,
        {{ prefixed('versions', columns) | join(',\n        ') }},
        {{ local_date('versions.updated_at') }} as updated_on,
        row_number() over (
            partition by versions.{{ key }}
            order by versions.updated_at
        ) as version_number,
        min({{ local_date('versions.updated_at') }}) over (
            partition by versions.{{ key }}
            order by versions.updated_at
            rows between 1 following and unbounded following
        ) as next_updated_on
    from versions
)

select
    as_of_days.as_of,
    dated_versions.{{ key }},
    dated_versions.updated_at,
    {{ prefixed('dated_versions', columns) | join(',\n    ') }}
from dated_versions
inner join as_of_days
    on
        (dated_versions.version_number = 1 or dated_versions.updated_on <= as_of_days.as_of)
        and (
            dated_versions.next_updated_on is null
            or dated_versions.next_updated_on > as_of_days.as_of
        )
{% endmacro %}
