-- depends_on: {{ ref('configuration_check') }}
-- The business calendars, with the reporting time zone if none is set.
{{ config(materialized='ephemeral') }}
select
    {{ cell('calendar') }} as calendar,
    coalesce({{ cell('time_zone') }}, {{ text_literal(reporting_timezone()) }}) as time_zone,
    coalesce({{ try_boolean(cell('is_default')) }}, false) as is_default
from {{ ref('calendars') }}
