{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    meta={'was_kept_in': 'published_alerts'},
    on_schema_change='append_new_columns',
    pre_hook=[
        "{{ delete_unfinished_publication(this, 'crossed_on') }}",
        "{{ forget_erased_leads(this, 'crossed_on') }}"
    ]
) }}

-- Alerts: every time a lead crossed a threshold or reached a better tier, as first published. The
-- first publication of a scoring model raises none; edited rules do only with the var
-- alert_on_rule_changes.

with alerts as (
    select * from {{ ref('int_alerts') }}
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
where
    not alerts.is_first_publication
    {%- if not var('alert_on_rule_changes') %}
    and alerts.cause <> 'rules'
    {%- endif %}
    {%- if is_incremental() %}
    and alerts.alert_id not in (select stored.alert_id from {{ this }} as stored)
    {%- endif %}
