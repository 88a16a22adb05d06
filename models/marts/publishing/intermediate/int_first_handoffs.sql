{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    pre_hook=[
        "{{ delete_unfinished_publication(this, 'crossed_on') }}",
        "{{ forget_erased_leads(this, 'crossed_on') }}"
    ]
) }}

-- Hand-offs of leads in a tier with response_minutes at the first publication of a scoring model,
-- if the var handoffs_on_first_publication is true. They have no alert.

with alerts as (
    select * from {{ ref('int_alerts') }}
)

select
    alerts.alert_id,
    alerts.lead_id,
    alerts.scoring_model,
    alerts.tier,
    alerts.score,
    alerts.owner_id,
    alerts.response_minutes,
    alerts.response_unit,
    alerts.crossed_on,
    alerts.crossed_at,
    alerts.published_at
from alerts
where
    alerts.is_first_publication
    and alerts.crossing = 'tier'
    and {{ 'true' if var('handoffs_on_first_publication') else 'false' }}
    {%- if is_incremental() %}
    and alerts.alert_id not in (select stored.alert_id from {{ this }} as stored)
    {%- endif %}
