{# After a run publishes: hand-offs whose alert is gone, because its person was erased. #}
{% macro forget_handoffs_without_alert(handoffs) %}
delete from {{ handoffs }}
where
    handoff_id not in (
        select score_alerts.alert_id from {{ ref('score_alerts') }} as score_alerts
    )
    and handoff_id not in (
        select first_handoffs.alert_id from {{ ref('int_first_handoffs') }} as first_handoffs
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

{#
    Opening, closing and business time so far of the last opening that a row of a CTE does not come
    before in the given order. All three rise from opening to opening, so the greatest so far is it.
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
