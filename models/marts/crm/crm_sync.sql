-- Changes to write to the CRM: the leads and scoring models whose payload is not the last one that
-- the CRM acknowledged. The job that acknowledges a payload also deletes its row here.
with crm_payloads as (
    select * from {{ ref('int_crm_payloads') }}
),

publications as (
    select * from {{ ref('int_publications') }}
),

acknowledgements as (
    select * from {{ ref('crm_sync_acknowledgements') }}
),

published_day as (
    select max(crm_payloads.as_of) as as_of
    from crm_payloads
    inner join publications on crm_payloads.as_of = publications.as_of
),

-- Without a scoring model, an acknowledgement counts for each model that scored the lead: the CRM
-- holds one set of fields, and its payload must not be sent again.
ranked_acknowledgements as (
    select
        crm_payloads.lead_id,
        crm_payloads.scoring_model,
        acknowledgements.payload_hash,
        rank() over (
            partition by crm_payloads.lead_id, crm_payloads.scoring_model
            order by acknowledgements.acknowledged_at desc
        ) as acknowledgement_rank
    from crm_payloads
    inner join published_day on crm_payloads.as_of = published_day.as_of
    inner join acknowledgements
        on
            crm_payloads.lead_id = acknowledgements.lead_id
            and coalesce(acknowledgements.scoring_model, crm_payloads.scoring_model)
            = crm_payloads.scoring_model
),

-- Of two acknowledgements at the same time, neither counts as the last unless both have the same
-- payload.
last_acknowledgements as (
    select
        ranked_acknowledgements.lead_id,
        ranked_acknowledgements.scoring_model,
        case
            when
                min(ranked_acknowledgements.payload_hash)
                = max(ranked_acknowledgements.payload_hash)
                then min(ranked_acknowledgements.payload_hash)
        end as payload_hash
    from ranked_acknowledgements
    where ranked_acknowledgements.acknowledgement_rank = 1
    group by ranked_acknowledgements.lead_id, ranked_acknowledgements.scoring_model
)

select
    cast(crm_payloads.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(crm_payloads.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(
        {{ sha256_text(joined_texts(prefixed(
            'crm_payloads', ['lead_id', 'scoring_model', 'payload_hash']
        ))) }}
        as {{ dbt.type_string() }}
    ) as sync_key,
    cast(crm_payloads.payload_hash as {{ dbt.type_string() }}) as payload_hash,
    crm_payloads.score,
    cast(crm_payloads.grade as {{ dbt.type_string() }}) as grade,
    cast(crm_payloads.tier as {{ dbt.type_string() }}) as tier,
    cast(crm_payloads.qualification as {{ dbt.type_string() }}) as qualification,
    cast(crm_payloads.reason as {{ dbt.type_string() }}) as reason,
    crm_payloads.as_of
from crm_payloads
inner join published_day on crm_payloads.as_of = published_day.as_of
left join last_acknowledgements
    on
        crm_payloads.lead_id = last_acknowledgements.lead_id
        and crm_payloads.scoring_model = last_acknowledgements.scoring_model
where
    not crm_payloads.is_kept_by_hand
    and crm_payloads.payload_hash is distinct from last_acknowledgements.payload_hash
    -- What was never sent need not be cleared.
    and (crm_payloads.score is not null or last_acknowledgements.lead_id is not null)
    -- A stored payload without a scoring model has no fields of its own to clear.
    and crm_payloads.scoring_model is not null
