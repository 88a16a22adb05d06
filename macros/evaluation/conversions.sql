{#
    Whether a deal has the type that counts for a scoring model and was closed after a day, within
    the horizon. It is a conversion if its is_won is that of the outcomes, too.
#}
{% macro is_counted_deal(outcomes, deals, day) -%}
    ({{ outcomes }}.deal_type is null or {{ outcomes }}.deal_type = {{ deals }}.deal_type)
            and {{ deals }}.closed_on > {{ day }}
            and {{ days_between(day, deals ~ '.closed_on') }}
            <= {{ days_of_var('conversion_horizon_days') }}
{%- endmacro %}
