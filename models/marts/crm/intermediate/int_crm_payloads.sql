{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of',
    full_refresh=false,
    meta={'is_written_elsewhere': true},
    pre_hook=[
        "{{ delete_unfinished_publication(this, 'as_of') }}",
        "{{ forget_erased_leads(this, 'as_of') }}"
    ],
    post_hook=[
        "delete from {{ this }} where lead_id is null",
        "{{ delete_superseded_payloads(this) }}",
        "{{ mark_manual_scores(this) }}",
        "{{ forget_payloads_of_manual_scores(this) }}"
    ]
) }}

-- What the CRM should show for each lead and scoring model as of the last published day; all null
-- if the model scored the lead before but no longer does.

-- The score in tenths, because engines format decimals differently.
{% set payload = prefixed(
    'lead_payloads', ['scored_by', 'grade', 'tier', 'qualification', 'reason']
) + ['cast(10 * lead_payloads.score as bigint)'] %}
with leads as (
    select leads.lead_id
    from {{ ref('dim_leads') }} as leads
    inner join {{ ref('int_scoring_dates') }} as scoring_dates on leads.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

lead_score_history as (
    select * from {{ ref('lead_score_history') }}
),

acknowledgements as (
    select * from {{ ref('crm_sync_acknowledgements') }}
),

lead_tiers as (
    select * from {{ ref('lead_tiers') }}
),

scores as (
    select scores.*
    from {{ ref('int_scores') }} as scores
    inner join {{ ref('int_scoring_dates') }} as scoring_dates
        on scores.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

-- What the CRM may hold: what a run published, and what a run of the same day published before.
known_to_crm as (
    select
        lead_score_history.lead_id,
        lead_score_history.scoring_model
    from lead_score_history

    union

    select
        acknowledgements.lead_id,
        acknowledgements.scoring_model
    from acknowledgements
),

synced_leads as (
    select known_to_crm.*
    from known_to_crm
    inner join leads on known_to_crm.lead_id = leads.lead_id
    where
        known_to_crm.scoring_model is not null
        and {{ is_synced_to_crm('known_to_crm.scoring_model') }}
),

explained_scores as (
    select
        lead_scores.*,
        case
            when lead_scores.is_disqualified
                then concat(
                    'Disqualified: ',
                    coalesce(score_gates.description, lead_scores.disqualified_by)
                )
            -- Without points and days, which change daily: they must not cause a new delivery.
            else scores.top_descriptions
        end as reasons
    from lead_scores
    inner join scores
        on
            lead_scores.lead_id = scores.lead_id
            and lead_scores.scoring_model = scores.scoring_model
    left join score_gates
        on
            lead_scores.scoring_model = score_gates.scoring_model
            and lead_scores.disqualified_by = score_gates.gate
),

lead_payloads as (
    select
        synced_leads.lead_id,
        synced_leads.scoring_model,
        explained_scores.scoring_model as scored_by,
        explained_scores.score,
        explained_scores.grade,
        lead_tiers.tier,
        explained_scores.qualification,
        {{ fitting_reasons('explained_scores.reasons') }} as reason
    from synced_leads
    left join explained_scores
        on
            synced_leads.lead_id = explained_scores.lead_id
            and synced_leads.scoring_model = explained_scores.scoring_model
    left join lead_tiers
        on
            explained_scores.lead_id = lead_tiers.lead_id
            and explained_scores.scoring_model = lead_tiers.scoring_model
),

score_overrides as (
    select * from {{ ref('int_score_overrides') }}
),

publication as (
    select * from {{ ref('int_publication') }}
),

{% if is_incremental() %}
last_payloads as (
    select
        stored.lead_id,
        max(case when stored.is_kept_by_hand then 1 else 0 end) = 1 as is_kept_by_hand
    from {{ this }} as stored
    group by stored.lead_id
),
{% else %}
last_payloads as (
    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        false as is_kept_by_hand
    from publication
    where false
),
{% endif %}

final as (
    select
        lead_payloads.lead_id,
        {{ as_of() }} as as_of,
        lead_payloads.scoring_model,
        lead_payloads.score,
        lead_payloads.grade,
        lead_payloads.tier,
        lead_payloads.qualification,
        lead_payloads.reason,
        -- An empty raw table gives no information, so the previous value still applies.
        coalesce(score_overrides.is_kept_by_hand, last_payloads.is_kept_by_hand, false)
            as is_kept_by_hand,
        {{ sha256_text(joined_texts(payload)) }} as payload_hash
    from lead_payloads
    cross join publication
    left join score_overrides on lead_payloads.lead_id = score_overrides.lead_id
    left join last_payloads on lead_payloads.lead_id = last_payloads.lead_id
    where publication.is_published

    {% if is_incremental() %}
    -- Replaces rows that an earlier run of the same day published; the placeholders are then
    -- deleted.
    union all

    select
        cast(null as {{ dbt.type_string() }}) as lead_id,
        {{ as_of() }} as as_of,
        cast(null as {{ dbt.type_string() }}) as scoring_model,
        cast(null as decimal(5, 1)) as score,
        cast(null as {{ dbt.type_string() }}) as grade,
        cast(null as {{ dbt.type_string() }}) as tier,
        cast(null as {{ dbt.type_string() }}) as qualification,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as boolean) as is_kept_by_hand,
        cast(null as {{ dbt.type_string() }}) as payload_hash
    from publication
    where publication.is_published
    {% endif %}
)

select * from final
