{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of',
    full_refresh=false,
    pre_hook=[
        "{{ forget_unfinished_publication(this, 'as_of') }}",
        "{{ forget_erased_leads(this, 'as_of') }}"
    ],
    post_hook=[
        "delete from {{ this }} where lead_id is null",
        "{{ forget_superseded_payloads(this) }}",
        "{{ forget_acknowledgements_of_kept_scores(this) }}"
    ]
) }}

-- What the CRM should show of each lead by the last day that was published. A lead that no scoring
-- model scores any more has a payload without values, which clears the fields.

with leads as (
    select leads.lead_id
    from {{ ref('leads') }} as leads
    inner join {{ ref('as_of_days') }} as as_of_days on leads.as_of = as_of_days.as_of
    where as_of_days.is_run_day
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

lead_tiers as (
    select * from {{ ref('lead_tiers') }}
),

publication_day as (
    select * from {{ ref('publication_day') }}
),

contact_rows as (
    select
        stg_contacts.contact_id,
        stg_contacts.is_kept_by_hand,
        rank() over (
            partition by stg_contacts.contact_id
            order by stg_contacts.updated_at desc
        ) as version_rank
    from {{ ref('stg_contacts') }} as stg_contacts
    where
        stg_contacts.contact_id is not null
        and stg_contacts.rejected_because is null
),

-- Whatever the as-of day: the latest that is known. Of two latest rows one is enough.
hand_kept as (
    select
        contact_rows.contact_id as lead_id,
        max(case when contact_rows.is_kept_by_hand then 1 else 0 end) = 1 as is_kept_by_hand
    from contact_rows
    where contact_rows.version_rank = 1
    group by contact_rows.contact_id
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
    from publication_day
    where false
),
{% endif %}

ranked_scores as (
    select
        lead_scores.*,
        row_number() over (
            partition by lead_scores.lead_id
            order by
                {{ crm_sync_rank('lead_scores.scoring_model') }},
                {{ byte_order('lead_scores.scoring_model') }}
        ) as model_rank,
        {{ reasons_without_points('lead_scores.top_reasons') }} as reasons
    from lead_scores
),

payloads as (
    select
        leads.lead_id,
        {{ as_of() }} as as_of,
        ranked_scores.scoring_model,
        ranked_scores.score,
        ranked_scores.grade,
        lead_tiers.tier,
        ranked_scores.qualification,
        {{ fitting_reasons('ranked_scores.reasons') }} as reason,
        -- A raw table without rows says nothing: what it said before holds.
        coalesce(hand_kept.is_kept_by_hand, last_payloads.is_kept_by_hand, false)
            as is_kept_by_hand
    from leads
    left join ranked_scores
        on leads.lead_id = ranked_scores.lead_id and ranked_scores.model_rank = 1
    left join lead_tiers
        on
            ranked_scores.lead_id = lead_tiers.lead_id
            and ranked_scores.scoring_model = lead_tiers.scoring_model
    left join hand_kept on leads.lead_id = hand_kept.lead_id
    left join last_payloads on leads.lead_id = last_payloads.lead_id
),

final as (
    select
        payloads.*,
        -- The score in tenths: engines write decimals otherwise.
        {{ sha256_text(joined_texts([
            'payloads.scoring_model',
            'cast(10 * payloads.score as integer)',
            'payloads.grade',
            'payloads.tier',
            'payloads.qualification',
            'payloads.reason',
        ])) }} as payload_hash
    from payloads
    cross join publication_day
    where publication_day.is_published

    {% if is_incremental() %}
    -- Takes the place of what an earlier run of the same day published; then swept.
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
    from publication_day
    where publication_day.is_published
    {% endif %}
)

select * from final
