{#- Only DuckDB computes a CTE once for several uses. -#}
{{ config(materialized='ephemeral' if target.type == 'duckdb' else 'table') }}

-- Thresholds and tiers that leads have reached since the last published day: mql_score, sql_score,
-- or a published tier with response_minutes that is better than the previous one.
with publication as (
    select * from {{ ref('int_publication') }}
),

ranked_scores as (
    select
        history.*,
        row_number() over (
            partition by history.lead_id, history.scoring_model
            order by history.score_date desc
        ) as day_rank
    from {{ ref('lead_score_history') }} as history
    where history.score_date <= {{ as_of() }}
),

todays_scores as (
    select * from ranked_scores
    where day_rank = 1
),

earlier_scores as (
    select * from {{ ref('int_earlier_scores') }}
),

tier_changes as (
    select lead_tier_changes.*
    from {{ ref('int_lead_tier_changes') }} as lead_tier_changes
    inner join publication on lead_tier_changes.changed_on = publication.as_of
    where publication.is_published
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

last_tiers as (
    select
        tiers.scoring_model,
        max(tiers.tier_rank) as tier_rank
    from tiers
    group by tiers.scoring_model
),

crossed_marks as (
    {%- for mark in ['mql', 'sql'] %}
    select
        todays_scores.lead_id,
        todays_scores.scoring_model,
        '{{ mark }}_score' as crossing,
        scoring_models.{{ mark }}_score as needed_score,
        cast(null as {{ dbt.type_string() }}) as needed_fit_grades,
        cast(null as {{ dbt.type_string() }}) as needed_engagement_grades
    from todays_scores
    cross join publication
    inner join scoring_models on todays_scores.scoring_model = scoring_models.scoring_model
    left join earlier_scores
        on
            todays_scores.lead_id = earlier_scores.lead_id
            and todays_scores.scoring_model = earlier_scores.scoring_model
    where
        publication.is_published
        and todays_scores.is_{{ mark }}_reached
        and not coalesce(earlier_scores.is_{{ mark }}_reached, false)
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- A lead without a tier, or a disqualified one, comes from below; getting the last tier is not a
-- crossing.
crossed_tiers as (
    select
        tier_changes.lead_id,
        tier_changes.scoring_model,
        'tier' as crossing,
        tiers.min_score as needed_score,
        {{ marked_words('tiers.fit_grades') }} as needed_fit_grades,
        {{ marked_words('tiers.engagement_grades') }} as needed_engagement_grades
    from tier_changes
    inner join tiers
        on
            tier_changes.scoring_model = tiers.scoring_model
            and tier_changes.tier = tiers.tier
    inner join last_tiers on tier_changes.scoring_model = last_tiers.scoring_model
    left join tiers as previous_tiers
        on
            tier_changes.scoring_model = previous_tiers.scoring_model
            and tier_changes.previous_tier = previous_tiers.tier
    where
        tiers.response_minutes is not null
        and tiers.tier_rank < case
            when coalesce(tier_changes.previous_tier, 'disqualified') = 'disqualified'
                then last_tiers.tier_rank
            else previous_tiers.tier_rank
        end
)

select * from crossed_marks
union all
select * from crossed_tiers
