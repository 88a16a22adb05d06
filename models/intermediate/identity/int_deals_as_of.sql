-- The version of each deal that applies at the end of each as-of day: the latest up to then, else
-- the earliest. An undecided deal has no closed_at, because the raw one is a forecast; a decided
-- deal without closed_at was closed when its first version with that decision was written.
with scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
),

deal_versions as (
    select * from {{ ref('int_deal_versions') }}
),

times_in_force as (
    select
        scoring_dates.as_of,
        deal_versions.deal_id,
        coalesce(
            max(
                case
                    when {{ local_date('deal_versions.updated_at') }} <= scoring_dates.as_of
                        then deal_versions.updated_at
                end
            ),
            min(deal_versions.updated_at)
        ) as updated_at
    from deal_versions
    cross join scoring_dates
    group by scoring_dates.as_of, deal_versions.deal_id
),

decision_times as (
    select
        deal_versions.deal_id,
        deal_versions.is_won,
        min(deal_versions.updated_at) as decided_at
    from deal_versions
    where deal_versions.is_won is not null
    group by deal_versions.deal_id, deal_versions.is_won
)

select
    times_in_force.as_of,
    deal_versions.deal_id,
    deal_versions.updated_at,
    {{ prefixed('deal_versions', version_columns('deal') | reject('equalto', 'closed_at'))
        | join(',\n    ') }},
    case
        when deal_versions.is_won is not null
            then coalesce(deal_versions.closed_at, decision_times.decided_at)
    end as closed_at
from deal_versions
inner join times_in_force
    on
        deal_versions.deal_id = times_in_force.deal_id
        and deal_versions.updated_at = times_in_force.updated_at
left join decision_times
    on
        deal_versions.deal_id = decision_times.deal_id
        and deal_versions.is_won = decision_times.is_won
