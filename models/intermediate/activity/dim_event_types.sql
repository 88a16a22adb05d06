{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

-- depends_on: {{ ref('int_erasures') }}
-- Assigns a key to each distinct event type of used rows. Keys survive a full refresh, because
-- other stored tables may still refer to them. fct_activity_daily deletes keys that are no longer
-- used.
{{ numbered_once('event_type_key', event_type_columns()) }}
