{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    pre_hook=[
        "{{ delete_rows_to_republish(this, 'changed_on') }}",
        "{{ forget_erased_leads(this) }}"
    ]
) }}

-- Changes of the published tier. A better tier applies at once, a worse one only when the score
-- falls below the keep_score of the last published tier.

with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

tiers as (
    select * from {{ ref('config_tiers') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

{% if is_incremental() %}
ranked_rows as (
    select
        stored.*,
        row_number() over (
            partition by stored.lead_id, stored.scoring_model
            order by stored.changed_on desc
        ) as day_rank
    from {{ this }} as stored
    where stored.changed_on < {{ as_of() }}
),

last_published as (
    select * from ranked_rows
    where day_rank = 1
),
{% else %}
last_published as (
    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        cast(null as {{ dbt.type_string() }}) as tier
    from publication
    where false
),
{% endif %}

compared as (
    select
        lead_scores.score,
        lead_scores.is_disqualified,
        lead_scores.disqualified_by,
        lead_scores.tier as todays_tier,
        todays_tiers.tier_rank as todays_rank,
        last_published.tier as last_tier,
        last_tiers.tier_rank as last_rank,
        last_published.lead_id is not null as was_known,
        coalesce(lead_scores.lead_id, last_published.lead_id) as lead_id,
        coalesce(lead_scores.scoring_model, last_published.scoring_model) as scoring_model,
        coalesce(last_tiers.keep_score, last_tiers.min_score) as keep_score
    from lead_scores
    full outer join last_published
        on
            lead_scores.lead_id = last_published.lead_id
            and lead_scores.scoring_model = last_published.scoring_model
    left join tiers as todays_tiers
        on
            lead_scores.scoring_model = todays_tiers.scoring_model
            and lead_scores.tier = todays_tiers.tier
    left join tiers as last_tiers
        on
            last_published.scoring_model = last_tiers.scoring_model
            and last_published.tier = last_tiers.tier
),

settled as (
    select
        compared.*,
        {{ number_as_text('compared.score') }} as score_text,
        case
            when compared.is_disqualified then compared.todays_tier
            when
                compared.last_rank < compared.todays_rank
                and (compared.keep_score is null or compared.score >= compared.keep_score)
                then compared.last_tier
            else compared.todays_tier
        end as tier
    from compared
),

changes as (
    select
        settled.lead_id,
        settled.scoring_model,
        {{ as_of() }} as changed_on,
        settled.tier,
        settled.last_tier as previous_tier,
        case
            when settled.score is null then 'no longer scored by this model'
            when settled.is_disqualified then concat('disqualified by ', settled.disqualified_by)
            when settled.last_tier is null and settled.was_known then 'scored again'
            when settled.last_tier is null then 'first scored'
            when settled.last_tier = 'disqualified' then 'no longer disqualified'
            when settled.last_rank is null then 'the tiers were edited'
            when settled.todays_rank < settled.last_rank
                then concat('score ', settled.score_text, ' reaches ', settled.tier)
            else concat('score ', settled.score_text, ' no longer keeps ', settled.last_tier)
        end as changed_because
    from settled
    where settled.tier is distinct from settled.last_tier
)

select changes.*
from changes
cross join publication
where publication.is_published
