{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns',
    meta={'is_written_elsewhere': true},
    pre_hook="{{ forget_erased_leads(this, local_date('acknowledged_at')) }}",
    post_hook="{{ delete_superseded_acknowledgements(this) }}"
) }}

-- Payloads that the CRM has accepted. This model creates the table; the job that writes to the CRM
-- fills it.
select
    cast(null as {{ dbt.type_string() }}) as lead_id,
    cast(null as {{ dbt.type_string() }}) as payload_hash,
    cast(null as timestamp) as acknowledged_at,
    cast(null as {{ dbt.type_string() }}) as scoring_model
from (select 1 as one_row) as no_row
where false
