{{ config(materialized='view') }}

-- Whom to tell of: every time a lead crossed a mark or reached a better tier, once.
with published_alerts as (
    select * from {{ ref('published_alerts') }}
)

select
    cast(published_alerts.alert_id as {{ dbt.type_string() }}) as alert_id,
    cast(published_alerts.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(published_alerts.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(published_alerts.crossing as {{ dbt.type_string() }}) as crossing,
    cast(published_alerts.tier as {{ dbt.type_string() }}) as tier,
    published_alerts.score,
    cast(published_alerts.owner_id as {{ dbt.type_string() }}) as owner_id,
    cast(published_alerts.response_minutes as bigint) as response_minutes,
    published_alerts.crossed_on,
    published_alerts.crossed_at,
    published_alerts.published_at,
    cast(published_alerts.reason as {{ dbt.type_string() }}) as reason
from published_alerts
