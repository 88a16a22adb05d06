{# Whether the var crm_sync_models lists a scoring model; without a list, all are synced. #}
{% macro is_synced_to_crm(scoring_model) -%}
    {%- set names = names_of_var('crm_sync_models') -%}
    {{ 'lower(' ~ scoring_model ~ ') in (' ~ as_literals(names) ~ ')' if names else 'true' }}
{%- endmacro %}

{# Only the payloads of the last published day are needed. #}
{% macro delete_superseded_payloads(payloads) %}
delete from {{ payloads }}
where as_of < (
    select coalesce(max(publications.as_of), date '0001-01-01')
    from {{ ref('int_publications') }} as publications
    inner join {{ payloads }} as stored on publications.as_of = stored.as_of
)
{% endmacro %}

{# Also in a run that publishes nothing. #}
{% macro mark_manual_scores(payloads) %}
update {{ payloads }}
set is_kept_by_hand = true
where lead_id in (
    select kept.lead_id
    from {{ ref('int_score_overrides') }} as kept
    where kept.is_kept_by_hand
)
{% endmacro %}

{#
    The score in the CRM is unknown while a person maintains it, so it is sent again, or cleared,
    afterwards.
#}
{% macro forget_payloads_of_manual_scores(payloads) %}
update {{ ref('crm_sync_acknowledgements') }}
set payload_hash = null
where lead_id in (
    select kept.lead_id
    from {{ payloads }} as kept
    where kept.is_kept_by_hand
)
{% endmacro %}

{# Only the last acknowledgement of each lead and scoring model is needed. #}
{% macro delete_superseded_acknowledgements(acknowledgements) %}
delete from {{ acknowledgements }}
where exists (
    select 1
    from (
        select
            stored.lead_id as stored_lead,
            coalesce(stored.scoring_model, '') as stored_model,
            max(stored.acknowledged_at) as last_at
        from {{ acknowledgements }} as stored
        group by stored.lead_id, coalesce(stored.scoring_model, '')
    ) as last_ones
    where
        last_ones.stored_lead = lead_id
        and last_ones.stored_model = coalesce(scoring_model, '')
        and last_ones.last_at > acknowledged_at
)
{% endmacro %}
