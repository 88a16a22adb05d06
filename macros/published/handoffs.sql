{# Deletes hand-offs whose alert was deleted because the person was erased. #}
{% macro delete_handoffs_without_alert(handoffs) %}
delete from {{ handoffs }}
where
    handoff_id not in (
        select score_alerts.alert_id from {{ ref('score_alerts') }} as score_alerts
    )
    and handoff_id not in (
        select first_handoffs.alert_id from {{ ref('int_first_handoffs') }} as first_handoffs
    )
{% endmacro %}

{# Whether a crossing raises an alert: not on the first publication; by edited rules if the var says so. #}
{% macro is_alert_raised(crossings) -%}
    (not {{ crossings }}.is_first_publication
    {{- '' if var('alert_on_rule_changes') else ' and ' ~ crossings ~ ".cause <> 'rules'" }})
{%- endmacro %}

{# Whether a crossing is a hand-off of a first publication, which the var asks for. #}
{% macro is_first_handoff(crossings) -%}
    ({{ crossings }}.is_first_publication and {{ crossings }}.crossing = 'tier' and {{ '' -}}
    {{ 'true' if var('handoffs_on_first_publication') else 'false' }})
{%- endmacro %}

{# Whether a row of the activity log is an attempt of sales, cancelled or not, to reach the lead. #}
{% macro is_attempt(activity_log) -%}
    coalesce({{ activity_log }}.direction, 'outbound') <> 'inbound'
{%- endmacro %}

{# Microseconds as minutes, rounded up. #}
{% macro begun_minutes(duration) -%}
    cast(ceil(({{ duration }}) / 60000000.0) as bigint)
{%- endmacro %}

{#
    Whether a hand-off met its due time: met, breached, waiting, or at_risk while less than a
    quarter of the response minutes is left. Expects the CTE timed.
#}
{% macro sla_status(due_at, start_time) -%}
    case
        when timed.responded_at <= timed.{{ due_at }} then 'met'
        when timed.responded_at is not null or timed.{{ due_at }} <= timed.clock_at then 'breached'
        when
            4 * (
                timed.response_minutes * 60000000 - (timed.clock_time - timed.{{ start_time }})
            ) < timed.response_minutes * 60000000
            then 'at_risk'
        else 'waiting'
    end
{%- endmacro %}

{#
    The last opening up to a row in the given order: opens, closes and the business time before it.
    All three increase from opening to opening, so their maximum belongs to the last one.
#}
{% macro last_opening(cte, order) -%}
    {%- for name in ['opens', 'closes', 'business_time_before'] -%}
    max({{ cte }}.{{ name }}) over (
            partition by {{ cte }}.calendar
            order by {{ prefixed(cte, order) | join(', ') }}
            range between unbounded preceding and current row
        ) as last_{{ name }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
