{% set columns = [] %}
{% for name in profile_attributes() %}{% do columns.append(profile_column(name)) %}{% endfor %}
-- A checksum of everything that the fit points of a lead depend on: its attributes, and the
-- criteria and limits. If it is the one with which the last published day was published, the
-- published points of that day still hold and are not calculated again.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

scenarios as (
    select * from {{ ref('int_scenarios') }}
    where step = 'day'
),

profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

sql_attributes as (
    select * from {{ ref('int_sql_attributes') }}
),

published_basis as (
    select * from {{ ref('int_published_basis') }}
),

rules as (
    select {{ rules_checksum('scoring_criteria') }} as rules_checksum
    from {{ ref('config_scoring_criteria') }} as scoring_criteria
    where scoring_criteria.dimension = 'fit'
),

-- The run day, whose points are published, and the last published day, unless its scores are asked
-- for, too.
days as (
    select
        scenarios.as_of,
        not scenarios.needs_scores as is_only_compared
    from scenarios
    inner join scoring_dates on scenarios.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day or not scenarios.needs_scores
),

sql_attribute_sums as (
    select
        sql_attributes.as_of,
        sql_attributes.lead_id,
        sum({{ change_checksum(['sql_attributes.attribute', 'sql_attributes.value']) }})
            as attributes_checksum
    from sql_attributes
    inner join days on sql_attributes.as_of = days.as_of
    group by sql_attributes.as_of, sql_attributes.lead_id
),

current_basis as (
    select
        profiles.as_of,
        profiles.lead_id,
        profiles.lead_number,
        days.is_only_compared,
        cast(
            {{ change_checksum(prefixed('profiles', columns)) }}
            + coalesce(sql_attribute_sums.attributes_checksum, 0)
            + rules.rules_checksum
            as bigint
        ) as fit_basis
    from profiles
    inner join days on profiles.as_of = days.as_of
    cross join rules
    left join sql_attribute_sums
        on
            profiles.as_of = sql_attribute_sums.as_of
            and profiles.lead_id = sql_attribute_sums.lead_id
)

select
    current_basis.as_of,
    current_basis.lead_id,
    current_basis.lead_number,
    current_basis.is_only_compared,
    current_basis.fit_basis,
    coalesce(
        current_basis.is_only_compared and current_basis.fit_basis = published_basis.fit_basis,
        false
    ) as is_unchanged
from current_basis
left join published_basis
    on
        current_basis.as_of = published_basis.as_of
        and current_basis.lead_id = published_basis.lead_id
