-- The version of each company that applies at the end of each as-of day: the latest up to then,
-- else the earliest.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

company_versions as (
    select * from {{ ref('stg_crm__company_versions') }}
),

times_in_force as (
    select
        scoring_dates.as_of,
        company_versions.company_id,
        coalesce(
            max(
                case
                    when {{ local_date('company_versions.updated_at') }} <= scoring_dates.as_of
                        then company_versions.updated_at
                end
            ),
            min(company_versions.updated_at)
        ) as updated_at
    from company_versions
    cross join scoring_dates
    group by scoring_dates.as_of, company_versions.company_id
)

select
    times_in_force.as_of,
    company_versions.company_id,
    company_versions.updated_at,
    {{ prefixed('company_versions', version_columns('company')) | join(',\n    ') }}
from company_versions
inner join times_in_force
    on
        company_versions.company_id = times_in_force.company_id
        and company_versions.updated_at = times_in_force.updated_at
