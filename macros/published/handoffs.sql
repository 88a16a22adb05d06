{# After a run publishes: hand-offs whose alert is gone, as its person was erased. #}
{% macro forget_handoffs_without_alert(handoffs) %}
delete from {{ handoffs }}
where
    handoff_id not in (
        select published_alerts.alert_id from {{ ref('published_alerts') }} as published_alerts
    )
{% endmacro %}

{# Whole minutes of a number of microseconds; one that has begun counts. #}
{% macro begun_minutes(duration) -%}
    cast(ceil(({{ duration }}) / 60000000.0) as bigint)
{%- endmacro %}

{#
    Whether a hand-off of the CTE timed was responded to by a due time: met, breached, or waiting;
    at_risk while less than a quarter of the response minutes is left.
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

{# A share, 0 to 1, of two counts, with four decimals; null of nothing. #}
{% macro share_of(part, whole) -%}
    cast(round({{ part }} * 1.0 / nullif({{ whole }}, 0), 4) as decimal(5, 4))
{%- endmacro %}
