-- Everything that leads crossed since the last published day, with the columns of an alert.
with crossings as (
    select * from {{ ref('int_crossings') }}
),

crossing_moments as (
    select * from {{ ref('int_crossing_moments') }}
),

crossing_causes as (
    select * from {{ ref('int_crossing_causes') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

ranked_changes as (
    select
        tier_changes.*,
        row_number() over (
            partition by tier_changes.lead_id, tier_changes.scoring_model
            order by tier_changes.changed_on desc
        ) as change_rank
    from {{ ref('int_lead_tier_changes') }} as tier_changes
),

todays_tiers as (
    select * from ranked_changes
    where change_rank = 1
),

tiers as (
    select * from {{ ref('config_tiers') }}
)

select
    cast(
        {{ hash_key([
            'crossings.lead_id',
            'crossings.scoring_model',
            'crossings.crossing',
            "case when crossings.crossing = 'tier' then todays_tiers.tier end",
            'publication.as_of',
        ]) }} as {{ dbt.type_string() }}
    ) as alert_id,
    crossings.lead_id,
    crossings.scoring_model,
    crossings.crossing,
    todays_tiers.tier,
    lead_scores.score,
    crossing_moments.owner_id,
    cast(
        case when crossings.crossing = 'tier' then tiers.response_minutes end as bigint
    ) as response_minutes,
    case when crossings.crossing = 'tier' then tiers.response_unit end as response_unit,
    publication.as_of as crossed_on,
    crossing_moments.crossed_at,
    {{ known_until() }} as published_at,
    lead_scores.top_reasons as reason,
    crossing_causes.cause,
    crossing_causes.is_first_publication
from crossings
cross join publication
inner join crossing_moments
    on
        crossings.lead_id = crossing_moments.lead_id
        and crossings.scoring_model = crossing_moments.scoring_model
inner join crossing_causes
    on
        crossings.lead_id = crossing_causes.lead_id
        and crossings.scoring_model = crossing_causes.scoring_model
        and crossings.crossing = crossing_causes.crossing
inner join lead_scores
    on
        crossings.lead_id = lead_scores.lead_id
        and crossings.scoring_model = lead_scores.scoring_model
left join todays_tiers
    on
        crossings.lead_id = todays_tiers.lead_id
        and crossings.scoring_model = todays_tiers.scoring_model
left join tiers
    on
        todays_tiers.scoring_model = tiers.scoring_model
        and todays_tiers.tier = tiers.tier
where publication.is_published
