-- What would change if a challenger replaced the live scoring model.
with challengers as (
    select * from {{ ref('config_challengers') }}
),

what_if_scores as (
    select * from {{ ref('what_if_scores') }}
),

-- Both tiers by their rank in the live model; disqualified ranks below all of them.
tier_ranks as (
    select
        config_tiers.scoring_model,
        config_tiers.tier,
        config_tiers.tier_rank,
        max(config_tiers.tier_rank) over (partition by config_tiers.scoring_model) + 1
            as lowest_rank
    from {{ ref('config_tiers') }} as config_tiers
),

lowest_ranks as (
    select
        tier_ranks.scoring_model,
        max(tier_ranks.lowest_rank) as lowest_rank
    from tier_ranks
    group by tier_ranks.scoring_model
),

ranked as (
    select
        what_if_scores.*,
        case
            when what_if_scores.qualification = 'disqualified' then lowest_ranks.lowest_rank
            else live_ranks.tier_rank
        end as rank_now,
        case
            when what_if_scores.challenger_qualification = 'disqualified'
                then lowest_ranks.lowest_rank
            else challenger_ranks.tier_rank
        end as challenger_rank
    from what_if_scores
    left join lowest_ranks on what_if_scores.scoring_model = lowest_ranks.scoring_model
    left join tier_ranks as live_ranks
        on
            what_if_scores.scoring_model = live_ranks.scoring_model
            and what_if_scores.tier = live_ranks.tier
    left join tier_ranks as challenger_ranks
        on
            what_if_scores.scoring_model = challenger_ranks.scoring_model
            and what_if_scores.challenger_tier = challenger_ranks.tier
),

lead_counts as (
    select
        ranked.challenger,
        count(*) as leads,
        sum(case when ranked.changes_tier then 1 else 0 end) as tier_changes,
        sum(case when ranked.challenger_rank < ranked.rank_now then 1 else 0 end) as moves_up,
        sum(case when ranked.challenger_rank > ranked.rank_now then 1 else 0 end) as moves_down,
        sum(case when ranked.qualification = 'mql' then 1 else 0 end) as mqls,
        sum(case when ranked.challenger_qualification = 'mql' then 1 else 0 end)
            as challenger_mqls,
        sum(case when ranked.qualification = 'sql' then 1 else 0 end) as sqls,
        sum(case when ranked.challenger_qualification = 'sql' then 1 else 0 end)
            as challenger_sqls
    from ranked
    group by ranked.challenger
),

-- Leads that were an MQL or SQL at the end of one of the last four weeks or of the week before
-- them.
qualified as (
    select
        scores.scoring_model,
        scores.lead_id,
        scores.as_of
    from {{ ref('int_scores') }} as scores
    inner join {{ ref('int_scoring_dates') }} as scoring_dates on scores.as_of = scoring_dates.as_of
    where
        scoring_dates.is_week_end
        and scores.qualification in ('mql', 'sql')
),

weekly_rates as (
    select
        qualified.scoring_model,
        count(*) as new_leads
    from qualified
    left join qualified as week_before
        on
            qualified.scoring_model = week_before.scoring_model
            and qualified.lead_id = week_before.lead_id
            and {{ days_after(-7, 'qualified.as_of') }} = week_before.as_of
    where
        week_before.lead_id is null
        and {{ days_between('qualified.as_of', as_of()) }} < 28
    group by qualified.scoring_model
)

select
    cast(challengers.challenger as {{ dbt.type_string() }}) as challenger,
    cast(challengers.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    {{ as_of() }} as as_of,
    cast(coalesce(lead_counts.leads, 0) as bigint) as leads,
    cast(coalesce(lead_counts.tier_changes, 0) as bigint) as tier_changes,
    cast(coalesce(lead_counts.moves_up, 0) as bigint) as moves_up,
    cast(coalesce(lead_counts.moves_down, 0) as bigint) as moves_down,
    cast(coalesce(lead_counts.mqls, 0) as bigint) as mqls,
    cast(coalesce(lead_counts.challenger_mqls, 0) as bigint) as challenger_mqls,
    cast(coalesce(lead_counts.sqls, 0) as bigint) as sqls,
    cast(coalesce(lead_counts.challenger_sqls, 0) as bigint) as challenger_sqls,
    cast(coalesce(live_rates.new_leads, 0) / 4.0 as decimal(18, 2)) as new_mqls_per_week,
    cast(coalesce(challenger_rates.new_leads, 0) / 4.0 as decimal(18, 2))
        as challenger_new_mqls_per_week
from challengers
left join lead_counts on challengers.challenger = lead_counts.challenger
left join weekly_rates as live_rates
    on challengers.scoring_model = live_rates.scoring_model
left join weekly_rates as challenger_rates
    on challengers.challenger = challenger_rates.scoring_model
