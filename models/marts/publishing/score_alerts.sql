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
-- alert_on_rule_changes. A lead that an experiment holds back from a tier's hand-off raises none
-- for that tier.

with held_back as (
    select * from {{ ref('int_experiments_in_force') }}
    where is_held_back
),

alerts as (
    select raised.*
    from {{ ref('int_alerts') }} as raised
    left join held_back
        on
            raised.crossing = 'tier'
            and raised.lead_id = held_back.lead_id
            and raised.scoring_model = held_back.scoring_model
            and raised.tier = held_back.tier
    where
        held_back.lead_id is null
        and {{ is_alert_raised('raised') }}
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
{%- if is_incremental() %}
where alerts.alert_id not in (select stored.alert_id from {{ this }} as stored)
{%- endif %}
