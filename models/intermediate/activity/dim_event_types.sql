{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

-- depends_on: {{ ref('int_erasures') }}
-- Hands out a number to each distinct kind of event of used rows. Numbers are kept by a full
-- refresh, as what else is stored may be of before it; fct_activity_daily sweeps those not used any more.
{{ numbered_once('kind_key', event_kind_columns()) }}
