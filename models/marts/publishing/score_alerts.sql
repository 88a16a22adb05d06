{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'was_kept_in': 'published_alerts'},
    on_schema_change='append_new_columns',
    pre_hook=[
        "{{ delete_unfinished_publication(this, 'crossed_on') }}",
        "{{ forget_erased_leads(this, 'crossed_on') }}",
        "{{ forget_erased_entries() }}"
    ]
) }}

-- Alerts: every time a lead crossed a threshold or reached a better tier, as first published. The
-- first publication of a scoring model raises none; edited rules do only with the var
-- alert_on_rule_changes. A lead that an experiment holds back from a tier's hand-off raises none for
-- that tier.

with alerts as (
    select * from {{ ref('int_alerts') }}
),

held_back as (
    select * from {{ ref('int_experiments_in_force') }}
    where is_held_back
)

select
    alerts.alert_id,
    alerts.lead_id,
    alerts.scoring_model,
    alerts.crossing,
    alerts.tier,
    alerts.score,
    alerts.owner_id,
    alerts.response_minutes,
    alerts.response_unit,
    alerts.crossed_on,
    alerts.crossed_at,
    alerts.published_at,
    alerts.reason,
    cast(alerts.cause as {{ dbt.type_string() }}) as cause
from alerts
left join held_back
    on
        alerts.crossing = 'tier'
        and alerts.lead_id = held_back.lead_id
        and alerts.scoring_model = held_back.scoring_model
        and alerts.tier = held_back.tier
where
    held_back.lead_id is null
    and {{ is_alert_raised('alerts') }}
    {%- if is_incremental() %}
    and alerts.alert_id not in (select stored.alert_id from {{ this }} as stored)
    {%- endif %}
