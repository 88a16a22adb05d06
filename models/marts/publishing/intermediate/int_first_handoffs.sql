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

with held_back as (
    select * from {{ ref('int_experiments_in_force') }}
    where is_held_back
),

alerts as (
    select raised.*
    from {{ ref('int_alerts') }} as raised
    left join held_back
        on
            raised.lead_id = held_back.lead_id
            and raised.scoring_model = held_back.scoring_model
            and raised.tier = held_back.tier
    where
        held_back.lead_id is null
        and {{ is_first_handoff('raised') }}
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
{%- if is_incremental() %}
where alerts.alert_id not in (select stored.alert_id from {{ this }} as stored)
{%- endif %}
